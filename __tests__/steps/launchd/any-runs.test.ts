import {cpSync} from 'node:fs';
import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {SetupError} from '../../../src/errors.ts';
import type {GivenMac} from '../../../src/platform/rehearsal/launchd/fresh-mac.ts';
import type {LaunchedService} from '../../../src/platform/rehearsal/launchd/mac-state.ts';
import type {MacRehearsal} from '../../../src/platform/rehearsal/rehearsal-mac.ts';
import {
	agentPath,
	agentText,
	anyProfile,
	backgroundPath,
	label,
	macIn,
	rehearseMac,
	typed,
} from '../../support/mac-rehearsal.ts';
import {newFolder} from '../../support/rehearsal.ts';
import {run} from '../../support/scripted.ts';

const secondPath = '/Users/alice/second.plist';

type Step = readonly [what: string, ...words: readonly string[]];

const endings = {
	exit0: {how: 'exit', code: 0},
	exit1: {how: 'exit', code: 1},
	kill: {how: 'signal', signal: 9},
} as const;

const normal = {termDelayMs: 1500, killDelayMs: 0, pendOnBootstrap: false, exitAfterMs: 1e9};

const manners = {
	normal: {},
	slow: {termDelayMs: 8000},
	stuck: {termDelayMs: 600_000, killDelayMs: 600_000},
	pended: {pendOnBootstrap: true},
	crashing: {exitAfterMs: 200, ending: endings.exit1},
} as const;

/** What happens to the Mac between two runs, by name. */
const happen = async (machine: MacRehearsal, [what, ...words]: Step): Promise<unknown> => {
	const {events} = machine;
	const [first = ''] = words;
	switch (what) {
		case 'boot':
			return events.boot();
		case 'gui-login':
			return events.guiLogin();
		case 'gui-logout':
			return events.guiLogout();
		case 'ssh-login':
			return events.sshLogin();
		case 'ends':
			for (const domain of ['gui', 'user'])
				await events.procExit(`${domain}/501/${label}`, endings[first as keyof typeof endings]);
			return undefined;
		case 'login-item':
			return events.toggleLoginItem(label, first as 'on' | 'off');
		case 'nix':
			return first === 'mounted' ? events.mountNix() : events.unmountNix();
		case 'second':
			await events.put(secondPath, agentText({LimitLoadToSessionType: 'Background'}));
			return typed(machine, `launchctl bootstrap user/501 ${secondPath}`);
		case 'second':
			await events.put(secondPath, agentText({LimitLoadToSessionType: 'Background'}));
			return typed(machine, `launchctl bootstrap user/501 ${secondPath}`);
		case 'behaves':
			return events.behave(label, {...normal, ...manners[first as keyof typeof manners]});
		case 'time':
			return machine.sleep(Number(first));
		default:
			return typed(machine, `launchctl ${[what, ...words].join(' ')}`);
	}
};

const happenings: readonly Step[] = [
	['boot'],
	['gui-login'],
	['gui-logout'],
	['ssh-login'],
	['ends', 'exit0'],
	['ends', 'exit1'],
	['ends', 'kill'],
	['login-item', 'off'],
	['login-item', 'on'],
	['nix', 'mounted'],
	['nix', 'away'],
	['second'],
	['behaves', 'normal'],
	['behaves', 'slow'],
	['behaves', 'stuck'],
	['behaves', 'pended'],
	['behaves', 'crashing'],
	['time', '500'],
	['time', '20000'],
	['disable', `user/501/${label}`],
	['enable', `user/501/${label}`],
	['bootout', `gui/501/${label}`],
	['bootout', `user/501/${label}`],
	['bootstrap', 'gui/501', agentPath],
	['bootstrap', 'user/501', backgroundPath],
];

const runs: readonly Step[] = [
	['run'],
	['run', '--port', '5005'],
	['run', '--port', '8443'],
	['run', '--domain', 'gui'],
	['run', '--domain', 'user'],
];

const anyStep = fc.oneof(
	{weight: 3, arbitrary: fc.constantFrom(...runs)},
	{weight: 4, arbitrary: fc.constantFrom(...happenings)},
);

const anyMac: fc.Arbitrary<GivenMac> = fc.record({
	mac: fc.record({
		profile: anyProfile,
		version: fc.constantFrom('12.7.6', '15.6.1', '26.1'),
		fileVault: fc.boolean(),
	}),
});

const servicesOf = async (machine: MacRehearsal): Promise<readonly LaunchedService[]> =>
	Object.values((await machine.events.mac()).services);

/** Whether it runs after the next boot, where launchd does nothing odd then: a second Mac like this one is booted. */
const runsAfterBoot = async (machine: MacRehearsal): Promise<boolean> => {
	const folder = newFolder();
	cpSync(machine.folder, folder, {recursive: true});
	const other = await macIn(folder);
	await other.events.behave(label, normal);
	await other.events.boot();
	return (await servicesOf(other)).some(({pid}) => pid !== undefined);
};

const plists = async (machine: MacRehearsal): Promise<readonly (string | undefined)[]> =>
	Promise.all([agentPath, backgroundPath].map((path) => machine.readFile(path)));

interface Told {
	readonly findings: readonly {readonly code: string; readonly sentence: string}[];
	readonly url: string;
	readonly startsAtBoot: boolean;
}

/** What a run that went well has said is so. */
const demandTruth = async (machine: MacRehearsal, told: Told): Promise<void> => {
	const services = await servicesOf(machine);
	const [finding] = told.findings;
	if (finding?.sentence.includes('next login')) expect(services).toEqual([]);
	else {
		expect(services).toMatchObject([{state: 'running', process: {listens: {answers: true}}}]);
		const [{path, process, domain} = {}] = services as readonly Partial<LaunchedService>[];
		expect(path).toBe(domain === 'gui/501' ? agentPath : backgroundPath);
		expect(told.url).toContain(`:${process?.listens?.port}/`);
	}
	expect((await plists(machine)).filter((text) => text !== undefined)).toHaveLength(1);
	// Only root can read what is switched off in Login Items.
	const {btmDenied} = (await machine.events.mac()).behaviours[label] ?? {};
	if (!btmDenied) expect(told.startsAtBoot).toBe(await runsAfterBoot(machine));
};

/** One run: what it said is so, or it was refused for a reason and the service's file is as before. */
const demandHonestRun = async (machine: MacRehearsal, words: readonly string[]): Promise<void> => {
	const before = await plists(machine);
	const {code, document} = await run(machine, '--overwrite', '--wait', '10', ...words).catch(
		(error: unknown) => {
			// Anything else is a mistake of ours.
			if (!(error instanceof SetupError)) throw error;
			return {code: error.complaint.code, document: undefined};
		},
	);
	if (code === 0) {
		await demandTruth(machine, document as unknown as Told);
		return;
	}
	expect([2, 3, 5, 6]).toContain(code);
	expect(await plists(machine)).toEqual(before);
};

test('whatever happens to a Mac, what a run says of it is so', async () => {
	await fc.assert(
		fc.asyncProperty(
			anyMac,
			fc.boolean(),
			fc.array(anyStep, {minLength: 2, maxLength: 12}),
			async (given, autoLogin, steps) => {
				const machine = await rehearseMac({
					mac: {...given.mac, ...(autoLogin && {autoLogin: 'alice'})},
				});
				for (const step of steps) {
					if (step[0] === 'run') await demandHonestRun(machine, step.slice(1));
					else await happen(machine, step);
				}
			},
		),
		{numRuns: 30},
	);
}, 300_000);
