import {expect, jest, test} from '@jest/globals';
import {macPresets} from '../support/mac-presets.ts';
import {unclearAnswer} from '../../src/platform/launchd/diagnosis/diagnosis.ts';
import {
	agentPath,
	agentText,
	backgroundPath,
	daemonPath,
	everyProfile,
	gui,
	label,
	launched,
	serviceAt,
	typed,
	type MacSimulation,
} from '../support/simulated-mac.ts';
import type {Profile} from '../../src/simulator/macos/mac-state.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {macStates, type MacState} from '../support/mac-states.ts';
import {failingAt} from '../support/fault-injection.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, progress, told} from '../support/run-command.ts';
import {loopLimitMs} from '../support/limits.ts';

jest.setTimeout(loopLimitMs);

const notSetUp = 'vira-setup: Vira is not set up here.';
const noSession = 'vira-setup: alice has no desktop session: launchd starts the service only in one.';
const crashing = '✖ Vira keeps crashing and restarting: the last time, it exited with status 1.';
const stopped = '✔ Vira stopped.';
const nothingToStop = '✔ Vira is not running: nothing to stop.';
const started = '✔ Vira started (PID 1202).';
const reloading = '✔ Vira restarted (PID 1202).';
const already = '✔ Vira is already running (PID 1201).';
const silent = 'vira-setup: launchd did not report whether you have a desktop session.';

/** What launchd has afterwards: nothing, or the service from its file with so many starts. */
const agent = (runs: number, state = 'running'): string => `${gui} ${state} ${runs} ${agentPath}`;
const background = (runs: number): string => `user/501/${label} running ${runs} ${backgroundPath}`;
const daemon = (runs: number): string => `system/${label} running ${runs} ${daemonPath}`;

type End = readonly [status: number, says: string, launched?: string];

const ends: Readonly<Record<MacState, Readonly<Record<'start' | 'stop' | 'restart', End>>>> = {
	'not set up': {start: [3, notSetUp], stop: [3, notSetUp], restart: [3, notSetUp]},
	running: {start: [0, already, agent(1)], stop: [0, stopped], restart: [0, reloading, agent(2)]},
	crashed: {
		start: [6, crashing, agent(3, 'spawn scheduled')],
		stop: [0, stopped],
		restart: [6, crashing, agent(3, 'spawn scheduled')],
	},
	'ended well': {
		start: [0, started, agent(2)],
		stop: [0, nothingToStop, agent(1, 'not running')],
		restart: [0, started, agent(2)],
	},
	'put off': {start: [0, started, agent(2)], stop: [0, stopped], restart: [0, started, agent(2)]},
	ending: {start: [0, started, agent(1)], stop: [0, stopped], restart: [0, started, agent(1)]},
	'not loaded': {start: [0, started, agent(1)], stop: [0, nothingToStop], restart: [0, started, agent(1)]},
	disabled: {start: [0, started, agent(1)], stop: [0, nothingToStop], restart: [0, started, agent(1)]},
	'no session': {start: [3, noSession], stop: [0, nothingToStop], restart: [3, noSession]},
	'running in the background': {
		start: [0, already, background(1)],
		stop: [0, stopped],
		restart: [0, reloading, background(2)],
	},
	'in the background, after a reboot': {
		start: [0, started, background(1)],
		stop: [0, nothingToStop],
		restart: [0, started, background(1)],
	},
	'a daemon': {start: [0, already, daemon(1)], stop: [0, stopped], restart: [0, reloading, daemon(2)]},
	'a silent launchd': {
		start: [3, silent, agent(1)],
		stop: [5, 'vira-setup: launchd did not report whether the service is loaded.', agent(1)],
		restart: [3, silent, agent(1)],
	},
};

const cases = (Object.keys(ends) as MacState[]).flatMap((state) =>
	(['start', 'stop', 'restart'] as const).map((verb) => [verb, state, ends[state][verb]] as const),
);

/** Where the answer of launchctl depends on the points on which sources disagree. */
const disputed: readonly MacState[] = ['running', 'ended well', 'ending', 'not loaded', 'disabled'];

type Holds = (profile: Partial<Profile>) => Promise<void>;

const once = (holds: Holds): Promise<void> => holds({});

/** Eleven of them, in which every two values of two switches meet; the program itself is shown under each. */
const underProfiles = async (holds: Holds): Promise<void> => {
	for (const profile of everyProfile.filter((_, index) => index % 75 === 0)) await holds(profile);
};

test.each(cases)('%s, %s: %j', (verb, state, [status, says, has]) =>
	(disputed.includes(state) ? underProfiles : once)(async (profile) => {
		const machine = await macStates[state]();
		await machine.events.profile(profile);
		expect((await lines(machine, verb)).slice(0, 2)).toEqual([status, says]);
		expect(await launched(machine)).toEqual(has === undefined ? [] : [has]);
		expect((await machine.events.mac()).warnings).toEqual([]);
	}),
);

test.each([
	['running', 'restart', 0, {outcome: 'restarted', command: 'restart', changed: true, pid: 1202}],
	['running', 'stop', 0, {outcome: 'stopped', nextStart: {when: 'login'}}],
	['disabled', 'stop', 0, {outcome: 'unchanged', nextStart: {when: 'never'}}],
	['running in the background', 'stop', 0, {outcome: 'stopped', nextStart: {when: 'never'}}],
	['a daemon', 'stop', 0, {outcome: 'stopped', nextStart: {when: 'boot'}}],
	['no session', 'start', 3, {outcome: 'failed', changed: false, error: {code: 'unsuitable'}}],
	[
		'crashed',
		'start',
		6,
		{
			outcome: 'failed',
			serviceState: 'retrying',
			error: {
				code: 'unhealthy',
				message: expect.stringContaining('Vira keeps crashing and restarting'),
				log: expect.arrayContaining([expect.stringContaining('Launching at https://localhost:5005')]),
			},
		},
	],
] as const)('%s: %s --json', async (state, verb, status, document) => {
	expect(await told(await macStates[state](), verb)).toMatchObject([status, document]);
});

/** The launchctl commands that changed something: subcommand and target. */
const changesIn = async (machine: MacSimulation): Promise<readonly string[]> =>
	(await machine.events.mac()).calls
		.map(({command: [, ...words]}) => words.join(' '))
		.filter((words) => /^(?:kill|kickstart|bootout|bootstrap) /u.test(words));

test('a restart is SIGINT and a kickstart, and waits for the new process', async () => {
	const machine = await macSetUp();
	await machine.events.behave(label, {termDelayMs: 4000, spawnDelayMs: 2000});
	expect((await progress(machine, 'restart')).slice(0, 2)).toEqual([
		'✔ Restart the service in gui/501',
		'✔ Vira is running (PID 1202).',
	]);
	const changes = await changesIn(machine);
	const afterSignal = changes.slice(changes.indexOf(`kill SIGINT ${gui}`) + 1);
	expect([...new Set(afterSignal)]).toEqual([`kickstart ${gui}`]);
});

test.each(['restart', 'stop'] as const)('a %s ends Vira after a checkpoint', async (verb) => {
	const machine = await macSetUp();
	await lines(machine, verb);
	const log = await machine.readFile('/Users/alice/Library/Logs/vira.log');
	expect(log?.match(/^Creating checkpoint before closing\.\.\.$/gmu)).toHaveLength(1);
});

test.each([
	['restart', `kickstart -k ${gui}`],
	['stop', `bootout ${gui}`],
] as const)('a %s ends a Vira that does not exit at SIGINT within 20 seconds by %s', async (verb, last) => {
	const machine = await macSetUp();
	await machine.events.behave(label, {termDelayMs: 25_000, killDelayMs: 0});
	const began = machine.now();
	expect((await lines(machine, verb))[0]).toBe(0);
	expect((await changesIn(machine)).slice(-2)).toEqual([`kill SIGINT ${gui}`, last]);
	expect(machine.now() - began).toBeGreaterThan(40_000);
});

test.each(['restart', 'stop'] as const)(
	'a %s for which SIGINT cannot be sent still completes',
	async (verb) => {
		const machine = await macSetUp();
		await machine.events.behave(label, {failAlways: {kill: 5}});
		expect((await lines(machine, verb)).slice(0, 2)).toEqual([0, verb === 'stop' ? stopped : reloading]);
	},
);

test.each([500, 503])('a restart whose page has status %i gives exit 6', async (status) => {
	const machine: MacSimulation = {
		...(await macStates.running()),
		ask: async () => ({answered: true, status}),
	};
	expect(await told(machine, 'restart --wait 1')).toMatchObject([
		6,
		{serviceState: 'running', error: {message: expect.stringContaining(`responds with status ${status}`)}},
	]);
});

test('a restart of a service that is starting waits for the start', async () => {
	const machine = await macSetUp();
	await machine.events.behave(label, {failNext: {kickstart: [37, 37]}});
	expect((await lines(machine, 'restart')).slice(0, 2)).toEqual([0, reloading]);
});

test('a restart of a service that launchd loses at this moment loads it again', async () => {
	const machine = await macSetUp();
	let isLost = false;
	const losing: MacSimulation = {
		...machine,
		run: async (...call) => {
			if (!isLost && call[0].includes('kickstart')) {
				isLost = true;
				await typed(machine, `launchctl bootout ${gui}`);
				await machine.sleep(5000);
			}
			return machine.run(...call);
		},
	};
	expect((await lines(losing, 'restart')).slice(0, 2)).toEqual([0, reloading]);
	expect(await launched(machine)).toEqual([agent(1)]);
});

test('a service in another domain than the settings say is stopped and restarted there', async () => {
	const machine = await macSetUp();
	await typed(machine, `launchctl bootout ${gui}`);
	await machine.sleep(5000);
	const words = ['/Users/alice/.nix-profile/bin/vira', '--state-dir', '/Users/alice/state', 'web'];
	const second = agentText({LimitLoadToSessionType: 'Background', ProgramArguments: words});
	await machine.events.put('/Users/alice/second.plist', second);
	await typed(machine, 'launchctl bootstrap user/501 /Users/alice/second.plist');
	await machine.sleep(100);
	expect((await lines(machine, 'restart')).slice(0, 2)).toEqual([0, '✔ Vira restarted (PID 1203).']);
	expect(await launched(machine)).toEqual([`user/501/${label} running 2 /Users/alice/second.plist`]);
	expect((await lines(machine, 'stop')).slice(0, 2)).toEqual([0, stopped]);
	expect(await launched(machine)).toEqual([]);
});

test('a stop gives Vira the time to write its checkpoint, and says when it starts again', async () => {
	const machine = await macSetUp();
	await machine.events.behave(label, {termDelayMs: 15_000});
	const began = machine.now();
	expect(await lines(machine, 'stop')).toEqual([
		0,
		stopped,
		'  It starts again after your next desktop login.',
		'  vira-setup start   starts Vira',
	]);
	expect(machine.now() - began).toBeGreaterThan(15_000);
	await machine.events.guiLogout();
	await machine.events.guiLogin();
	expect(await launched(machine)).toEqual([agent(1)]);
});

test('a service that another program loads again meanwhile is not reported as stopped', async () => {
	const machine = await macSetUp();
	let isStopped = false;
	const meddled: MacSimulation = {
		...machine,
		run: async (command, options) => {
			const result = await machine.run(command, options);
			const isGone = command.includes('print') && (await serviceAt(machine)) === undefined;
			if (isGone && !isStopped) {
				isStopped = true;
				await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
			}
			return result;
		},
	};
	expect(await lines(meddled, 'stop')).toEqual([
		5,
		'✖ The service is running again (PID 1202).',
		'  Someone else started it in the meantime.',
		'! Vira was left running.',
	]);
	expect(await told(machine, 'status')).toMatchObject([0, {pid: 1202}]);
});

test.each(['crashed', 'put off'] as const)(
	'a stop after which launchd does not respond says so, whatever launchd reported before: %s',
	async (state) => {
		const machine = await macStates[state]();
		let isGone = false;
		const silent: MacSimulation = {
			...machine,
			run: async (command, options) => {
				if (isGone) return {exitCode: undefined, stdout: '', stderr: '', timedOut: true, found: true};
				const result = await machine.run(command, options);
				isGone = command.includes('print') && (await serviceAt(machine)) === undefined;
				return result;
			},
		};
		expect(await lines(silent, 'stop')).toEqual([
			5,
			'✖ launchd did not report whether the service is loaded.',
			`  ${unclearAnswer}`,
			'! It is unknown whether Vira is running.',
			'',
			'What to do:',
			'  If this does not go away, restart the Mac.',
		]);
	},
);

test('cancelled during its checks, the start of a service that was already loaded leaves it running', async () => {
	const machine = await macStates['ended well']();
	const ending = new AbortController();
	const ask: MacSimulation['ask'] = (...asked) => {
		ending.abort();
		return machine.ask(...asked);
	};
	expect(await told({...machine, ask}, 'start', {signal: ending.signal})).toMatchObject([
		130,
		{outcome: 'cancelled', changed: true, serviceState: 'running'},
	]);
	expect(await launched(machine)).toEqual([agent(2)]);
});

test('a stop that launchd accepts without effect is repeated', async () => {
	const machine = await macSetUp();
	let isFirst = true;
	const run: MacSimulation['run'] = async (command, options) => {
		if (!isFirst || !command.includes('bootout')) return machine.run(command, options);
		isFirst = false;
		return {exitCode: 0, stdout: '', stderr: '', timedOut: false, found: true};
	};
	expect((await lines({...machine, run}, 'stop')).slice(0, 2)).toEqual([0, stopped]);
	expect(await launched(machine)).toEqual([]);
});

test('a process that does not exit is named, with the command that ends it', async () => {
	const machine = await macSetUp();
	await machine.events.behave(label, {termDelayMs: 1_000_000, killDelayMs: 1_000_000});
	expect(await lines(machine, 'stop')).toEqual(
		expect.arrayContaining([
			5,
			'✖ The service did not stop within 30 seconds, and launchd still has it loaded.',
		]),
	);
});

test('without a desktop session the message says what to do instead', async () => {
	expect(await lines(await macSetUp(macPresets.headless), 'start')).toEqual([
		3,
		noSession,
		"  Log in to the Mac's desktop once, then lock the screen: Vira keeps running.",
		'  vira-setup --domain user   runs it now, until the next reboot',
	]);
});

test('an agent whose file was deleted is not started', async () => {
	const machine = await macStates['not loaded']();
	await machine.deleteFile(agentPath);
	expect(await lines(machine, 'start')).toEqual([
		3,
		`vira-setup: The service file does not exist: ${agentPath}.`,
		'  vira-setup   writes it again and starts Vira',
	]);
});

test('a daemon that is not ours is left alone', async () => {
	const machine = await macSetUp();
	await machine.events.put(daemonPath, agentText({StandardOutPath: undefined, StandardErrorPath: undefined}));
	for (const verb of ['start', 'stop', 'restart'])
		expect((await lines(machine, verb)).slice(0, 2)).toEqual([
			3,
			'vira-setup: A service named org.vira.service is managed by the system, as a daemon.',
		]);
	expect(await launched(machine)).toEqual([agent(1)]);
});

test('a daemon that needs a sudo password is not changed in a script', async () => {
	const machine = await macStates['a daemon']();
	await machine.events.changeMac({sudo: 'password', sudoUntil: 0});
	expect(await lines(machine, 'stop')).toEqual(
		expect.arrayContaining([
			4,
			'✖ Insufficient privileges: one step needs administrator rights, and sudo did not allow it.',
			'Everything is as it was before.',
		]),
	);
	expect(await launched(machine)).toEqual([daemon(1)]);
});

test.each([
	['start', 'not loaded'],
	['start', 'disabled'],
	['stop', 'running'],
] as const)('whichever change of %s fails (%s), everything is as before', async (verb, state) => {
	for (let n = 1; n <= 3; n += 1) {
		const machine = await macStates[state]();
		const before = await pictureOf(machine);
		const [status] = await lines(failingAt(machine, n), verb);
		if (status !== 0) expect([n, await pictureOf(machine)]).toEqual([n, before]);
	}
});

test('a service that was killed by hand while it was stopping does not confuse a start', async () => {
	const machine = await macStates.ending();
	expect((await lines(machine, 'start')).slice(0, 2)).toEqual([0, started]);
	expect(await serviceAt(machine)).toMatchObject({state: 'running', runs: 1});
});
