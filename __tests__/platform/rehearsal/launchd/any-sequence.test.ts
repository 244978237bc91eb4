import {describe, expect, jest, test} from '@jest/globals';
import fc from 'fast-check';
import type {MacState} from '../../../../src/platform/rehearsal/launchd/mac-state.ts';
import type {MacRehearsal} from '../../../../src/platform/rehearsal/rehearsal-mac.ts';
import {
	afterNixStore,
	agentPath,
	agentText,
	anyProfile,
	daemonPath,
	gui,
	label,
	macWithAgent,
	typed,
} from '../../../support/mac-rehearsal.ts';
import {loopLimitMs} from '../../../support/limits.ts';

jest.setTimeout(loopLimitMs);

const backgroundPath = '/Users/alice/background.plist';
const user = `user/501/${label}`;
const system = `system/${label}`;

const anyCommand = fc.constantFrom(
	...[gui, user, system].flatMap((id) =>
		[
			'bootout',
			'kickstart',
			'kickstart -k',
			'kill SIGKILL',
			'kill SIGTERM',
			'enable',
			'disable',
			'print',
			'blame',
		].map((verb) => `launchctl ${verb} ${id}`),
	),
	...['load', 'load -w', 'unload', 'unload -w'].map((verb) => `launchctl ${verb} ${agentPath}`),
	...['start', 'stop', 'remove', 'list'].map((verb) => `launchctl ${verb} ${label}`),
	`launchctl bootstrap gui/501 ${agentPath}`,
	`launchctl bootstrap gui/501 ${agentPath}`,
	`launchctl bootout gui/501 ${agentPath}`,
	`launchctl bootstrap user/501 ${backgroundPath}`,
	`sudo launchctl bootstrap system ${daemonPath}`,
	`sudo launchctl bootout ${system}`,
	`sudo launchctl kickstart -k ${system}`,
	`sudo rm -f ${daemonPath}`,
	'launchctl print gui/501',
	'launchctl print-disabled user/501',
	'launchctl list',
);

type Happening = readonly [name: string, happen: (machine: MacRehearsal) => Promise<unknown>];

const happenings: readonly Happening[] = [
	['boot', ({events}) => events.boot()],
	['boot, /nix later', ({events}) => events.boot({nixMountsAfterMs: 5000})],
	['ssh login', ({events}) => events.sshLogin()],
	['ssh logout', ({events}) => events.sshLogout()],
	['gui login', ({events}) => events.guiLogin()],
	['gui logout', ({events}) => events.guiLogout()],
	['bob at the screen', ({events}) => events.fastUserSwitch('bob')],
	['clean exit', ({events}) => events.procExit(gui, {how: 'exit', code: 0})],
	['login item off', ({events}) => events.toggleLoginItem(label, 'off')],
	['login item on', ({events}) => events.toggleLoginItem(label, 'on')],
	['unmount', ({events}) => events.unmountNix()],
	['mount', ({events}) => events.mountNix()],
	['slow to end', ({events}) => events.behave(label, {termDelayMs: 30_000, killDelayMs: 3000})],
	['slow to start', ({events}) => events.behave(label, {spawnDelayMs: 700})],
	['put off', ({events}) => events.behave(label, {pendOnBootstrap: true, pendOnRestart: true})],
	['in time', ({events}) => events.behave(label, {pendOnBootstrap: false, pendOnRestart: false})],
	['a moment', ({events}) => events.advance(50)],
	['ten seconds', ({events}) => events.advance(10_000)],
];

const toHappening = (line: string): Happening => [line, (machine) => typed(machine, line)];

const bringUp: Happening = [
	'login item on, enable, bootstrap',
	async (machine) => {
		await machine.events.guiLogin();
		await machine.events.toggleLoginItem(label, 'on');
		await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
	},
];

const crash: Happening = ['crash', ({events}) => events.procExit(gui, {how: 'signal', signal: 11})];

/** Most of it is about the agent of the session at the screen, so that much happens to the same service. */
const anyStep = fc.oneof(
	{weight: 3, arbitrary: anyCommand.filter((line) => line.includes('gui/501')).map(toHappening)},
	{weight: 1, arbitrary: anyCommand.map(toHappening)},
	{weight: 3, arbitrary: fc.constantFrom(...happenings)},
	{weight: 2, arbitrary: fc.constantFrom(bringUp, crash)},
);

const anySteps = fc.array(anyStep, {maxLength: 40, size: 'max'});

/** What must be so at every moment. */
const demandSound = ({services, domains}: MacState): void => {
	const pids = Object.values(services).flatMap(({pid}) => (pid === undefined ? [] : [pid]));
	expect(new Set(pids).size).toBe(pids.length);
	const ports = Object.values(services).flatMap(({process}) =>
		process?.listens ? [process.listens.port] : [],
	);
	expect(new Set(ports).size).toBe(ports.length);
	for (const [id, {domain, state, pid, process, afterwards, nextSpawnAt}] of Object.entries(services)) {
		const [kind, number = ''] = domain.split('/');
		expect({id, isThere: kind === 'system' || domains[number] !== undefined}).toEqual({id, isThere: true});
		if (kind === 'gui') expect(domains[number]?.gui).toBe(true);
		const hasProcess = ['running', 'SIGTERMed', 'SIGKILLed'].includes(state);
		expect({id, state, hasPid: pid !== undefined}).toEqual({id, state, hasPid: hasProcess});
		expect(process !== undefined && !hasProcess).toBe(false);
		expect(afterwards !== undefined).toBe(state === 'SIGTERMed' || state === 'SIGKILLed');
		expect(nextSpawnAt !== undefined || state !== 'spawn scheduled').toBe(true);
	}
};

describe('whatever is done and whatever happens', () => {
	test('nothing throws, no service has two processes, and what is disabled stays so', async () => {
		await fc.assert(
			fc.asyncProperty(anyProfile, anySteps, async (profile, steps) => {
				const machine = await macWithAgent({mac: {profile, sudo: 'free'}}, {ProgramArguments: afterNixStore});
				await machine.events.put(backgroundPath, agentText({LimitLoadToSessionType: 'Background'}));
				await machine.events.put(daemonPath, agentText({UserName: 'alice'}));
				for (const [name, happen] of steps) {
					const {overrides} = await machine.events.mac();
					await happen(machine);
					const after = await machine.events.mac();
					demandSound(after);
					const isToBeKept = !/enable|disable|-w|login item/u.test(name);
					if (isToBeKept) expect(after.overrides).toEqual(overrides);
				}
				expect(await machine.readFile(agentPath)).toBeDefined();
			}),
			{numRuns: 200},
		);
	});

	test('what a user is told is never an error that only root sees, and success is silent', async () => {
		await fc.assert(
			fc.asyncProperty(anyProfile, anySteps, async (profile, steps) => {
				const machine = await macWithAgent({mac: {profile}}, {ProgramArguments: afterNixStore});
				for (const [, happen] of steps) await happen(machine);
				const [exit, text] = await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
				expect([0, 5, 17, 37, 112, 119, 125]).toContain(exit);
				expect(text === '').toBe(exit === 0);
			}),
			{numRuns: 60},
		);
	});
});
