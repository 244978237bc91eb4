import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {SetupError} from '../../../src/errors.ts';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import type {LaunchedService, Profile} from '../../../src/simulator/macos/mac-state.ts';
import {
	agentPath,
	agentText,
	anyProfile,
	backgroundPath,
	daemonPath,
	label,
	macIn,
	simulateMac,
	typed,
	type MacSimulation,
} from '../../support/simulated-mac.ts';
import {attempt, run} from '../../support/run-command.ts';
import {copyOf} from '../../support/disks.ts';
import {settle} from '../../support/settle.ts';
import {detect} from '../../../src/steps/detect.ts';
import {managerOf} from '../../../src/platform/service-manager/registry.ts';

const secondPath = '/Users/alice/second.plist';

const paths = [agentPath, backgroundPath, daemonPath];

const plists = async (machine: MacSimulation): Promise<readonly (string | undefined)[]> =>
	Promise.all(paths.map((path) => machine.readFile(path)));

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

const there = async (machine: MacSimulation): Promise<readonly string[]> => {
	const texts = await plists(machine);
	return paths.filter((_, index) => texts[index] !== undefined);
};

/** A user adds a comment to the file of the service. */
const editByHand = async (machine: MacSimulation): Promise<void> => {
	for (const path of await there(machine))
		await machine.events.put(
			path,
			((await machine.readFile(path)) ?? '').replace('<dict>', '<!-- mine --><dict>'),
		);
};

/** Others can write it: launchd no longer trusts it. */
const makeWritable = async (machine: MacSimulation): Promise<void> => {
	for (const path of await there(machine))
		await machine.events.put(path, (await machine.readFile(path)) ?? '', 0o666);
};

const plainPath = '/Users/alice/.local/bin/vira';

/** Another build of the same Vira replaces it. */
const replaceProgram = async (machine: MacSimulation): Promise<void> => {
	const text = await machine.readFile(plainPath);
	if (text !== undefined) await machine.events.put(plainPath, `${text}# Another.\n`, 0o755);
};

/** What happens to the Mac between two runs, by name. */
const happen = async (machine: MacSimulation, [what, ...words]: Step): Promise<unknown> => {
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
		case 'edited':
			return editByHand(machine);
		case 'writable':
			return makeWritable(machine);
		case 'replaced':
			return replaceProgram(machine);
		case 'profile':
			return events.profile(JSON.parse(first) as Partial<Profile>);
		case 'sudo':
			return events.changeMac({sudo: first as 'free' | 'password', sudoUntil: 0});
		case 'surprise':
			return events.changeMac({faults: [{before: first, happens: 'gui-logout'}]});
		case 'fails':
			return events.behave(label, {failNext: {[first]: [5]}});
		case 'behaves':
			return events.behave(label, {...normal, ...manners[first as keyof typeof manners]});
		case 'time':
			return machine.sleep(Number(first));
		default:
			return typed(machine, `launchctl ${[what, ...words].join(' ')}`);
	}
};

const incidents: readonly Step[] = [
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
	['edited'],
	['writable'],
	['replaced'],
	['profile', '{"alreadyLoaded":37,"disabledNonroot":119}'],
	['profile', '{"alreadyLoaded":5,"bootoutMissing":113,"domainAbsentCode":112}'],
	['sudo', 'password'],
	['sudo', 'free'],
	['surprise', 'bootstrap'],
	['surprise', 'kickstart'],
	...['bootstrap', 'bootout', 'enable', 'kickstart'].map((verb) => ['fails', verb] as const),
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
	['run', '--domain', 'system'],
	['verb', 'status'],
	['verb', 'start'],
	['verb', 'stop'],
	['verb', 'restart'],
	['ended-early', '3'],
	['ended-early', '9'],
];

const anyStep = fc.oneof(
	{weight: 3, arbitrary: fc.constantFrom(...runs)},
	{weight: 4, arbitrary: fc.constantFrom(...incidents)},
);

const viraAt = (path: string) => ({path, version: '0.1.0.0', schema: 8, behaviour: 'well'}) as const;

const anyMac: fc.Arbitrary<GivenMac> = fc.record({
	// If it is not a store path, launchd starts it without a shell, and may keep its signature.
	vira: fc.constantFrom(plainPath, '/Users/alice/.nix-profile/bin/vira').map(viraAt),
	mac: fc.record({
		profile: anyProfile,
		version: fc.constantFrom('12.7.6', '15.6.1', '26.1'),
		fileVault: fc.boolean(),
	}),
});

const servicesOf = async (machine: MacSimulation): Promise<readonly LaunchedService[]> =>
	Object.values((await machine.events.mac()).services);

/** Whether it runs after the next boot, if launchd behaves normally: a second Mac like this one is booted. */
const runsAfterBoot = async (machine: MacSimulation): Promise<boolean> => {
	const other = await macIn(copyOf(machine.folder));
	await other.events.behave(label, normal);
	await other.events.boot();
	return (await servicesOf(other)).some(({pid}) => pid !== undefined);
};

interface Told {
	readonly findings: readonly {readonly code: string; readonly message: string}[];
	readonly url: string;
	readonly startsAtBoot: boolean;
	readonly survivesLogout: boolean;
}

const isRunning = ({state, process}: LaunchedService): boolean =>
	state === 'running' && process?.listens?.answers === true;

/** Exactly one service in launchd, from its own file and with a page that responds. */
const demandOne = async (machine: MacSimulation, url: string): Promise<void> => {
	const services = await servicesOf(machine);
	expect(services).toMatchObject([{state: 'running', process: {listens: {answers: true}}}]);
	for (const {domain, path, process} of services) {
		expect(path).toBe(paths[['gui/501', 'user/501', 'system'].indexOf(domain)]);
		expect(url).toContain(`:${process?.listens?.port}/`);
	}
};

/** Only root can read what is turned off in Login Items. */
const demandBoot = async (machine: MacSimulation, startsAtBoot: boolean): Promise<void> => {
	const {btmDenied} = (await machine.events.mac()).behaviours[label] ?? {};
	if (!btmDenied) expect(startsAtBoot).toBe(await runsAfterBoot(machine));
};

/** The report of a successful run is true. */
const demandTruth = async (machine: MacSimulation, told: Told): Promise<void> => {
	const [finding] = told.findings;
	if (finding?.message.includes('is not running yet')) expect(await servicesOf(machine)).toEqual([]);
	else await demandOne(machine, told.url);
	expect((await plists(machine)).filter((text) => text !== undefined)).toHaveLength(1);
	await demandBoot(machine, told.startsAtBoot);
	expect(told.survivesLogout).toBe((await plists(machine))[0] === undefined);
};

/** One run: its report is true, or it was refused for a reason and the service's files are as before. */
const demandHonestRun = async (machine: MacSimulation, words: readonly string[]): Promise<void> => {
	const before = await plists(machine);
	const {code, document} = await run(machine, '--overwrite', '--wait', '10', ...words).catch(
		(error: unknown) => {
			// Anything else is a bug.
			if (!(error instanceof SetupError)) throw error;
			return {code: error.failure.exit, document: undefined};
		},
	);
	if (code === 0) {
		await demandTruth(machine, document as unknown as Told);
		return;
	}
	expect([2, 3, 4, 5, 6]).toContain(code);
	// Changes by root cannot be undone while sudo asks; the report says so.
	const notUndone = (document?.['notUndone'] ?? []) as readonly unknown[];
	if (notUndone.length === 0) expect(await plists(machine)).toEqual(before);
	else if (before.some((text) => text !== undefined))
		expect((await plists(machine)).some((text) => text !== undefined)).toBe(true);
};

/** A command changes no file, and its report is true. */
const demandHonestVerb = async (machine: MacSimulation, verb: string): Promise<void> => {
	const [before, others] = [await plists(machine), await servicesOf(machine)];
	const {code, document} = await attempt(machine, verb);
	expect(document).not.toMatchObject({error: {code: 'unexpected'}});
	expect(await plists(machine)).toEqual(before);
	const services = await servicesOf(machine);
	const {outcome, url, startsAtBoot, ...seen} = document as unknown as Told & Record<string, unknown>;
	if (verb === 'status' && outcome === 'status') {
		expect(seen).toMatchObject({
			// One that is being stopped no longer counts.
			running: services.some(({pid, state}) => pid !== undefined && !state.startsWith('SIG')),
			domains: ['gui/501', 'user/501', 'system'].flatMap((domain) =>
				services.some((one) => one.domain === domain) ? [domain.split('/')[0]] : [],
			),
		});
		if (code === 0) expect(services.some(isRunning)).toBe(true);
	} else if (verb === 'stop' && code === 0)
		// One that exited on its own may stay loaded: there is nothing to stop.
		expect(services.filter(({state}) => state !== 'not running')).toEqual([]);
	else if (code === 0 && others.length < 2 && others.every(({path}) => paths.includes(path))) {
		await demandOne(machine, url);
		await demandBoot(machine, startsAtBoot);
	}
	// A service that others loaded is reported by status and unloaded by the next run; a command adds none.
	else if (code === 0) expect(services.length).toBeLessThanOrEqual(others.length);
};

/** A run that ends between two of its steps leaves everything as it was. */
const endEarly = async (machine: MacSimulation, looks: number): Promise<void> => {
	const before = await plists(machine);
	const facts = await detect(machine);
	if (managerOf(facts).refusals.length > 0) return;
	let left = looks;
	const signal = {
		get aborted() {
			left -= 1;
			return left < 0;
		},
	} as AbortSignal;
	const ended = await settle(machine, {port: 9000}, {signal}).catch(() => undefined);
	if (ended && ended.result !== 'done' && ended.notUndone.length === 0)
		expect(await plists(machine)).toEqual(before);
};

const step = async (machine: MacSimulation, [what, ...words]: Step): Promise<unknown> => {
	switch (what) {
		case 'run':
			return demandHonestRun(machine, words);
		case 'verb':
			return demandHonestVerb(machine, words[0] ?? '');
		case 'ended-early':
			return endEarly(machine, Number(words[0]));
		default:
			return happen(machine, [what, ...words]);
	}
};

const wanted = process.env['VIRA_SETUP_RUNS'];

test('whatever happens to a Mac, every command reports the truth about it', async () => {
	await fc.assert(
		fc.asyncProperty(
			anyMac,
			fc.boolean(),
			fc.array(anyStep, {minLength: 2, maxLength: 12}),
			async (given, autoLogin, steps) => {
				const machine = await simulateMac({
					...given,
					mac: {sudo: 'free', ...given.mac, ...(autoLogin && {autoLogin: 'alice'})},
				});
				for (const one of steps) await step(machine, one);
			},
		),
		// The same each time, so that each change is tested alone; VIRA_SETUP_RUNS tries that many others.
		wanted === undefined ? {numRuns: 40, seed: 7} : {numRuns: Number(wanted)},
	);
}, 3_000_000);
