import {describe, expect, jest, test} from '@jest/globals';
import type {Simulation} from '../support/simulated-linux.ts';
import {changesIn, failingAt} from '../support/fault-injection.ts';
import {isActive, put, show, type, typeAll, unitPath} from '../support/installed.ts';
import {behave, linuxStates, setUp, type LinuxState} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, progress, told} from '../support/run-command.ts';
import {loopLimitMs} from '../support/limits.ts';

jest.setTimeout(loopLimitMs);

const notSetUp = 'vira-setup: Vira is not set up here.';
const noManager =
	'vira-setup: The systemd user manager of alice is not running: alice is not logged in, and lingering is off.';
const exited = '✖ Vira exited with status 1.';
const nothingToStop = '✔ Vira is not running: nothing to stop.';

/** The exit status, the first line, and what systemctl reports about the service afterwards. */
type End = readonly [status: number, says: string, active: string];

const ends: Readonly<Record<LinuxState, Readonly<Record<'start' | 'stop' | 'restart', End>>>> = {
	'not set up': {
		start: [3, notSetUp, 'inactive'],
		stop: [3, notSetUp, 'inactive'],
		restart: [3, notSetUp, 'inactive'],
	},
	running: {
		start: [0, '✔ Vira is already running (PID 1201).', 'active'],
		stop: [0, '✔ Vira stopped.', 'inactive'],
		restart: [0, '✔ Vira restarted (PID 1202).', 'active'],
	},
	stopped: {
		start: [0, '✔ Vira started (PID 1202).', 'active'],
		stop: [0, nothingToStop, 'inactive'],
		restart: [0, '✔ Vira started (PID 1202).', 'active'],
	},
	failed: {
		start: [6, exited, 'activating'],
		stop: [0, nothingToStop, 'failed'],
		restart: [6, exited, 'activating'],
	},
	'ending again and again': {
		start: [6, exited, 'activating'],
		stop: [0, '✔ Vira stopped.', 'inactive'],
		restart: [6, exited, 'activating'],
	},
	masked: {
		start: [0, '✔ Vira started (PID 1202).', 'active'],
		stop: [0, nothingToStop, 'inactive'],
		restart: [0, '✔ Vira started (PID 1202).', 'active'],
	},
	disabled: {
		start: [0, '✔ Vira started (PID 1202).', 'active'],
		stop: [0, nothingToStop, 'inactive'],
		restart: [0, '✔ Vira started (PID 1202).', 'active'],
	},
	'lingering off': {
		start: [0, '✔ Vira started (PID 1202).', 'active'],
		stop: [0, nothingToStop, 'inactive'],
		restart: [0, '✔ Vira started (PID 1202).', 'active'],
	},
	'no session': {
		start: [3, noManager, ''],
		stop: [0, nothingToStop, ''],
		restart: [3, noManager, ''],
	},
};

const cases = (Object.keys(ends) as LinuxState[]).flatMap((state) =>
	(['start', 'stop', 'restart'] as const).map((verb) => [verb, state, ...ends[state][verb]] as const),
);

test.each(cases)('%s, %s: exit %i, %j, then it is %j', async (verb, state, ...end) => {
	const machine = await linuxStates[state]();
	const [status, says] = await lines(machine, verb);
	expect([status, says, await isActive(machine)]).toEqual(end);
});

test.each([
	['running', 'start', 0, {outcome: 'unchanged', command: 'start', changed: false, healthy: true, pid: 1201}],
	['stopped', 'start', 0, {outcome: 'started', changed: true, healthy: true, pid: 1202}],
	['running', 'restart', 0, {outcome: 'restarted', changed: true, url: 'https://localhost:5005/'}],
	['stopped', 'restart', 0, {outcome: 'started', command: 'restart'}],
	['running', 'stop', 0, {outcome: 'stopped', changed: true, nextStart: {when: 'boot'}}],
	['stopped', 'stop', 0, {outcome: 'unchanged', command: 'stop', changed: false}],
	['lingering off', 'stop', 0, {outcome: 'unchanged', nextStart: {when: 'login'}}],
	['disabled', 'stop', 0, {outcome: 'unchanged', nextStart: {when: 'never'}}],
	['not set up', 'start', 3, {outcome: 'failed', changed: false, error: {code: 'unsuitable'}}],
	[
		'failed',
		'start',
		6,
		{outcome: 'failed', changed: true, serviceState: 'retrying', healthy: false, notUndone: []},
	],
] as const)('%s: %s --json', async (state, verb, status, document) => {
	expect(await told(await linuxStates[state](), verb)).toMatchObject([status, document]);
});

test('with a base path, a start shows what a proxy has to forward, and requests the page from Vira itself', async () => {
	const machine = await setUp({}, '--base-path', '/vira/');
	const rule = {path: '/vira/', to: 'https://localhost:5005/'};
	expect((await lines(machine, 'restart')).slice(2)).toEqual([
		'  https://localhost:5005/',
		'  Its pages work only behind a proxy that forwards /vira/ to https://localhost:5005/.',
	]);
	expect(await told(machine, 'start')).toMatchObject([0, {healthy: true, url: rule.to, proxy: rule}]);
	expect(await told(await setUp(), 'start')).toMatchObject([0, {proxy: null}]);
});

test('a stop says when it starts again, and how', async () => {
	expect(await lines(await setUp(), 'stop')).toEqual([
		0,
		'✔ Vira stopped.',
		'  It starts again at the next boot.',
		'  vira-setup start   starts Vira',
	]);
	expect(await lines(await linuxStates['no session'](), 'stop')).toEqual([
		0,
		nothingToStop,
		'  It starts again at your next login, after all your sessions have ended.',
	]);
});

test('each step is reported on standard error while it runs', async () => {
	const machine = await setUp();
	expect(await progress(machine, 'stop')).toEqual(['✔ Stop Vira']);
	expect(await progress(machine, 'start')).toEqual([
		'✔ Make systemd read the service files',
		'✔ Clear earlier failures',
		'✔ Start Vira',
		'✔ Vira is running (PID 1202).',
		'✔ https://localhost:5005/ responds with status 200.',
		'✔ Starts at boot: yes.',
		'✔ Keeps running after logout: yes.',
	]);
	expect(await progress(machine, 'start')).toEqual([]);
});

test('a service whose manager does not respond after the stop is not reported as stopped', async () => {
	let isAsked = false;
	const machine = await setUp();
	const silent: Simulation = {
		...machine,
		run: async (command, options) => {
			if (isAsked) return {exitCode: undefined, stdout: '', stderr: '', timedOut: true, found: true};
			isAsked = command.includes('stop');
			return machine.run(command, options);
		},
	};
	expect(await told(silent, 'stop')).toMatchObject([
		5,
		{outcome: 'failed', serviceState: 'unknown', changed: true, error: {code: 'refused'}},
	]);
});

test.each([
	['well', 'running', '! Vira was left running.'],
	['exits-at-once', 'retrying', '! Vira keeps restarting. To stop it: vira-setup stop'],
] as const)(
	'a service (%s) that another program starts again meanwhile is not reported as stopped',
	async (behaviour, left, says) => {
		const machine = await setUp();
		await behave(machine, behaviour);
		const meddled: Simulation = {
			...machine,
			run: async (command, options) => {
				const result = await machine.run(command, options);
				if (!command.includes('stop')) return result;
				await type(machine, 'systemctl --user start vira.service');
				await machine.sleep(1000);
				return result;
			},
		};
		expect(await lines(meddled, 'stop')).toEqual([
			5,
			expect.stringMatching(/^✖ The service is running again/u),
			'  Someone else started it in the meantime.',
			says,
		]);
		expect(await told(meddled, 'stop')).toMatchObject([
			5,
			{outcome: 'failed', serviceState: left, changed: true},
		]);
	},
);

test.each(['failed', 'ending again and again'] as const)(
	'a service that is %s is started after Vira is fixed, at its start limit or not',
	async (state) => {
		const machine = await linuxStates[state]();
		await behave(machine, 'well');
		expect((await lines(machine, 'start')).slice(0, 1)).toEqual([0]);
		expect(await isActive(machine)).toBe('active');
	},
);

test('a start with problems says why, shows the log, and undoes nothing', async () => {
	const machine = await linuxStates.stopped();
	await behave(machine, 'dies-after-a-second');
	const said = await lines(machine, 'start');
	expect(said).toEqual(
		expect.arrayContaining([
			6,
			exited,
			'  Vira did not start properly.',
			'  vira: thread blocked indefinitely in an STM transaction',
			'! Vira keeps restarting. To stop it: vira-setup stop',
			'  vira-setup logs   shows the log',
		]),
	);
	expect(said).not.toEqual(expect.arrayContaining([expect.stringContaining('was restarted')]));
});

test('a page that does not respond in time gives exit 6, and Vira is left running', async () => {
	const machine = await linuxStates.stopped();
	await behave(machine, 'never-answers');
	const began = machine.now();
	const [status, says] = await lines(machine, 'start --wait 5');
	expect([status, says]).toEqual([6, expect.stringMatching(/^✖ https:.* does not respond/u)]);
	expect(machine.now() - began).toBeLessThan(15_000);
	expect(await told(machine, 'start --wait 1')).toMatchObject([6, {serviceState: 'running', changed: false}]);
});

test.each([500, 503])('a start whose page has status %i gives exit 6', async (status) => {
	const stopped: Simulation = {
		...(await linuxStates.stopped()),
		ask: async () => ({answered: true, status}),
	};
	expect(await told(stopped, 'start --wait 1')).toMatchObject([
		6,
		{serviceState: 'running', error: {message: expect.stringContaining(`responds with status ${status}`)}},
	]);
});

describe('a program that does not exist', () => {
	const gone = async (state: 'running' | 'stopped'): Promise<Simulation> => {
		const machine = await linuxStates[state]();
		await machine.events.change({links: {}});
		return machine;
	};

	test.each([
		['start', 'stopped', [], 'inactive'],
		['restart', 'stopped', [], 'inactive'],
		['restart', 'running', ['The running Vira was not stopped.'], 'active'],
	] as const)(
		'%s of a service that is %s is refused before anything changes',
		async (verb, state, why, active) => {
			const machine = await gone(state);
			const before = await pictureOf(machine);
			expect(await lines(machine, verb)).toEqual([
				3,
				'vira-setup: Vira cannot be started: /home/alice/.nix-profile/bin/vira does not exist.',
				...why,
				'  Restore it, or use another Vira:',
				'  vira-setup --package PATH   uses another Vira',
			]);
			expect(await pictureOf(machine)).toEqual(before);
			expect(await isActive(machine)).toBe(active);
		},
	);

	test('does not matter to a start of a running service', async () => {
		expect(await lines(await gone('running'), 'start')).toContain('✔ Vira is already running (PID 1201).');
	});

	test('does not block a restart if a drop-in names another, even if systemd has not read it yet', async () => {
		const machine = await gone('running');
		await put(machine, `${unitPath}.d/own.conf`, '[Service]\nExecStart=\nExecStart=/opt/vira web\n');
		expect((await progress(machine, 'restart')).slice(0, 1)).toEqual([
			'✔ Make systemd read the service files',
		]);
	});
});

test('a program without execute permission: a restart is refused, and Vira keeps running', async () => {
	const machine = await setUp();
	const path = '/home/alice/.nix-profile/bin/vira';
	await machine.events.change({links: {}});
	await put(machine, path, 'no program');
	expect((await lines(machine, 'restart')).slice(0, 2)).toEqual([
		3,
		`vira-setup: Vira cannot be started: ${path} is not executable: its execute bit is not set (chmod u+x ${path}).`,
	]);
	expect(await isActive(machine)).toBe('active');
});

test('a file or drop-in that systemd has not read yet takes effect after a start and a restart', async () => {
	const machine = await setUp();
	const dropIn = `${unitPath}.d/mine.conf`;
	await put(machine, dropIn, '[Service]\nEnvironment=MINE=1\n');
	expect(await show(machine, 'NeedDaemonReload')).toBe('NeedDaemonReload=yes');
	expect(await progress(machine, 'restart')).toContain('✔ Make systemd read the service files');
	const {units} = await machine.events.state();
	expect(units['vira.service']?.process?.environment).toMatchObject({MINE: '1'});
});

describe('a masked service', () => {
	test('has its original file again after a start, without differences', async () => {
		const machine = await setUp();
		const text = await machine.readFile(unitPath);
		await machine.deleteFile(unitPath);
		await typeAll(machine, 'systemctl --user mask vira.service', 'systemctl --user stop vira.service');
		expect((await progress(machine, 'start')).slice(0, 1)).toEqual([
			'✔ Remove the link ~/.config/systemd/user/vira.service',
		]);
		expect(await machine.readFile(unitPath)).toBe(text);
		expect(await told(machine, 'status')).toMatchObject([0, {unitMasked: false, enabled: true, drift: []}]);
	});

	test('that runs is stopped, and is already running for a start', async () => {
		const machine = await setUp();
		await machine.deleteFile(unitPath);
		await type(machine, 'systemctl --user mask vira.service');
		expect(await lines(machine, 'start')).toContain('✔ Vira is already running (PID 1201).');
		expect(await lines(machine, 'stop')).toContain('✔ Vira stopped.');
	});
});

/**
 * The exit status when each change of a command fails in turn. A failed reset of earlier failures does not count, and
 * nor does that of a start that created a working process.
 */
const statuses = {
	'start stopped': {before: [0, 0, 6], after: [0, 0, 0]},
	'stop running': {before: [5], after: [5]},
	'start masked': {before: [1, 1, 1, 5, 0, 6, 1], after: [1, 1, 1, 5, 0, 6, 1]},
} as const;

describe.each([
	['start', 'stopped'],
	['stop', 'running'],
	['start', 'masked'],
] as const)('when a change of %s of a service that is %s fails', (verb, state) => {
	test.each(['before', 'after'] as const)('everything is as before (%s it was done)', async (moment) => {
		const changes = await changesIn(await linuxStates[state](), (system) => lines(system, verb));
		const seen: unknown[] = [];
		for (let n = 1; n <= changes; n += 1) {
			const machine = await linuxStates[state]();
			const before = await pictureOf(machine);
			const [status] = await lines(failingAt(machine, n, moment), verb);
			seen.push(status);
			if (status !== 0) expect([n, await pictureOf(machine)]).toEqual([n, before]);
		}
		expect(seen).toEqual(statuses[`${verb} ${state}` as keyof typeof statuses][moment]);
	});
});

test('a restart that is refused leaves the running process, and says so', async () => {
	const machine = await setUp();
	const last = 3;
	expect(await told(failingAt(machine, last, 'before'), 'restart')).toMatchObject([
		6,
		{
			...{outcome: 'failed', serviceState: 'unchanged', changed: false},
			error: {message: expect.stringContaining('could not start the service')},
		},
	]);
});

/** The machine, on which the run is cancelled as soon as the page is requested. */
const endedWhileLooking = (machine: Simulation) => {
	const ending = new AbortController();
	const ask: Simulation['ask'] = (...asked) => {
		ending.abort();
		return machine.ask(...asked);
	};
	return {system: {...machine, ask}, signal: ending.signal};
};

test('cancelled during its checks, a start is undone and a restart leaves Vira running: exit 130', async () => {
	const stopped = await linuxStates.stopped();
	const before = await pictureOf(stopped);
	const {system, signal} = endedWhileLooking(stopped);
	expect(await lines(system, 'start', {signal})).toEqual([
		130,
		'Cancelled.',
		'Everything is as it was before.',
	]);
	expect(await pictureOf(stopped)).toEqual(before);
	const running = endedWhileLooking(await setUp());
	expect(await lines(running.system, 'restart', {signal: running.signal})).toEqual([
		130,
		'Cancelled.',
		'! Vira was left running.',
	]);
});

test('cancelled during its checks, a restart has changed the process; cancelled before, nothing', async () => {
	const {system, signal} = endedWhileLooking(await setUp());
	expect(await told(system, 'restart', {signal})).toMatchObject([
		130,
		{outcome: 'cancelled', changed: true, serviceState: 'running'},
	]);
});

test.each(['start', 'stop', 'restart'])('%s is refused during another run', async (verb) => {
	const machine = await setUp();
	const busy: Simulation = {...machine, lock: async () => ({taken: false, holder: 4711})};
	expect(await lines(busy, verb)).toEqual([
		3,
		'vira-setup: Another vira-setup is running here (PID 4711). Nothing was done.',
		'  Wait until it ends, then try again.',
	]);
	expect(await isActive(machine)).toBe('active');
});

test('the lock is released after a run, however it ended', async () => {
	const machine = await linuxStates['not set up']();
	const taken: string[] = [];
	const counting: Simulation = {
		...machine,
		lock: async () => ({taken: true, release: () => taken.push('released')}),
	};
	await lines(counting, 'start');
	expect(taken).toEqual(['released']);
});

describe('a service whose settings cannot be read', () => {
	const broken = async (): Promise<Simulation> => {
		const machine = await setUp();
		await machine.writeFile('/home/alice/.config/vira-setup/settings.json', '{', 0o600);
		return machine;
	};

	test('can be stopped', async () => {
		expect((await lines(await broken(), 'stop')).slice(0, 2)).toEqual([0, '✔ Vira stopped.']);
	});

	test('is not started, with the reason', async () => {
		const machine = await broken();
		expect(await lines(machine, 'restart')).toEqual(
			expect.arrayContaining([
				2,
				'vira-setup: The saved settings in /home/alice/.config/vira-setup/settings.json are not valid.',
			]),
		);
		expect(await isActive(machine)).toBe('active');
	});
});

test('a service of Home Manager is neither started nor stopped', async () => {
	const machine = await setUp();
	await machine.deleteFile(unitPath);
	const store = '/nix/store/1-home-manager-files/vira.service';
	await put(machine, store, '[Service]\nExecStart=/home/alice/.nix-profile/bin/vira web\n');
	await machine.events.change({links: {...(await machine.events.state()).links, [unitPath]: store}});
	for (const verb of ['start', 'stop', 'restart'])
		expect(await lines(machine, verb)).toEqual(
			expect.arrayContaining([3, 'vira-setup: vira.service is managed by Home Manager.']),
		);
	expect(await isActive(machine)).toBe('active');
});

test('a unit that was deleted is not started, with the way to create it again', async () => {
	const machine = await linuxStates.stopped();
	await machine.deleteFile(unitPath);
	await type(machine, 'systemctl --user daemon-reload');
	expect(await lines(machine, 'start')).toEqual([
		3,
		`vira-setup: The service file does not exist: ${unitPath}.`,
		'  vira-setup   writes it again and starts Vira',
	]);
});

test('values that look secret in the log of a failing start are masked in the document', async () => {
	const machine = await setUp({}, '--environment', 'API_TOKEN=s3cr3tvalue');
	await type(machine, 'systemctl --user stop vira.service');
	await behave(machine, 'exits-at-once');
	const quoting: Simulation = {
		...machine,
		run: async (command, options) => {
			const result = await machine.run(command, options);
			return command[0] === 'journalctl' ? {...result, stdout: 'token s3cr3tvalue'} : result;
		},
	};
	const [, document] = await told(quoting, 'start');
	expect(JSON.stringify(document)).toContain('token ••••••');
	expect(JSON.stringify(document)).not.toContain('s3cr3tvalue');
	expect((await lines(quoting, 'start')).join('\n')).not.toContain('s3cr3tvalue');
});
