import {describe, expect, test} from '@jest/globals';
import type {UnitState} from '../../src/platform/rehearsal/machine-state.ts';
import type {Simulation} from '../../src/platform/rehearsal/rehearsal-linux.ts';
import type {Answer} from '../../src/platform/system.ts';
import {put, type, typeAll, unitPath} from '../support/installed.ts';
import {during, linuxStates, setUp, type LinuxState} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, told} from '../support/run-command.ts';

const settingsPath = '/home/alice/.config/vira-setup/settings.json';
const receiptPath = '/home/alice/.local/state/vira-setup/receipt.json';

const facts: Readonly<Record<LinuxState, object>> = {
	'not set up': {installed: false, running: false, url: null, process: null, since: null},
	running: {
		installed: true,
		enabled: true,
		masked: false,
		loaded: true,
		running: true,
		healthy: true,
		answering: true,
		state: 'active',
		ending: null,
		process: 1201,
		since: '2026-03-02T09:00:00.000Z',
		restarts: 0,
		memoryBytes: 47_185_920,
		url: 'https://localhost:5005/',
		proxy: null,
		serviceFile: unitPath,
		dropIns: [],
		managedBy: null,
		lingering: true,
		domains: null,
		session: null,
		startsAtBoot: true,
		survivesLogout: true,
		diagnosis: null,
		drift: [],
	},
	stopped: {installed: true, enabled: true, loaded: true, running: false, answering: null, ending: null},
	failed: {running: false, state: 'failed', ending: 'It ended with status 1.'},
	'ending again and again': {running: false, state: 'activating', ending: 'It ended with status 1.'},
	masked: {installed: true, masked: true, loaded: false, running: false, nextStart: {when: 'never'}},
	disabled: {
		enabled: false,
		loaded: true,
		startsAtBoot: false,
		nextStart: {when: 'never'},
		drift: [{code: 'not-enabled', fixes: 'vira-setup   enables it'}],
	},
	'lingering off': {
		lingering: false,
		startsAtBoot: false,
		survivesLogout: false,
		drift: [{code: 'lingering-off'}],
	},
	'no session': {
		installed: true,
		enabled: true,
		loaded: null,
		running: false,
		state: 'unknown',
		restarts: null,
		lingering: false,
		nextStart: {when: 'login'},
		drift: [],
	},
};

test.each(Object.keys(facts) as LinuxState[])(
	'a service that is %s: each fact has its field',
	async (state) => {
		const machine = await linuxStates[state]();
		const before = await pictureOf(machine);
		const [status, document] = await told(machine, 'status');
		expect(document).toMatchObject({outcome: 'status', changed: false, ...facts[state]});
		expect(status).toBe(document['healthy'] === true ? 0 : 1);
		expect(document['healthy']).toBe(state === 'running');
		expect(await pictureOf(machine)).toEqual(before);
	},
);

test('a healthy service, in lines', async () => {
	const said = await lines(await setUp(), 'status');
	expect(said).toEqual([
		0,
		'✔ Vira runs and answers.',
		'✔ Installed        ~/.config/systemd/user/vira.service',
		'✔ Enabled          yes',
		'✔ Loaded           yes: systemd has it',
		expect.stringMatching(/^✔ Running {10}since 2026-03-0\d \d\d:\d\d, for 3 seconds, process 1201$/u),
		'✔ Healthy          https://localhost:5005/ answers with status 200',
		'  Restarts         0',
		'  Memory           45 MiB',
		'✔ Lingering        on: services of alice run without a login',
		'✔ Starts at boot   yes',
		'✔ Survives logout  yes',
	]);
});

test.each<[LinuxState, readonly string[]]>([
	['not set up', ['✖ Vira is not set up here.', '  vira-setup   sets it up.']],
	['stopped', ['✖ Running          no: it is stopped', '  vira-setup start   starts it']],
	[
		'failed',
		[
			'✖ Vira does not run.',
			'✖ Running          no: it has failed. It ended with status 1',
			'  vira-setup logs   shows what it has said',
		],
	],
	[
		'masked',
		['✖ Enabled          masked: systemd was told never to start it', '  vira-setup start   starts it'],
	],
	[
		'disabled',
		[
			'! Enabled          no: nothing starts it by itself',
			'! Starts at boot   no: it does not start by itself',
			'  vira-setup   enables it',
		],
	],
	[
		'lingering off',
		[
			'! Lingering        off: services of alice end with the last logout',
			'! Starts at boot   no: only when you log in',
			'  vira-setup   turns lingering on',
		],
	],
	[
		'no session',
		[
			'✖ Running          no: the user manager of alice does not run',
			'  loginctl enable-linger alice   lets it run without a login',
		],
	],
])('a service that is %s, in lines', async (state, some) => {
	expect(await lines(await linuxStates[state](), 'status')).toEqual(expect.arrayContaining([1, ...some]));
});

test.each<[Partial<UnitState>, readonly string[]]>([
	[
		{active: 'activating', sub: 'start-pre'},
		['✖ Running          no: it is being started', '  Restarts         0', ''],
	],
	[
		{active: 'activating', sub: 'auto-restart', restarts: 2},
		[
			'✖ Running          no: it has ended, and is about to be started again',
			'  Restarts         2',
			'',
			'  vira-setup start   starts it',
		],
	],
	[
		{active: 'deactivating', sub: 'stop-sigterm'},
		[
			'✖ Running          no: it is being stopped',
			'  Restarts         0',
			'',
			'  vira-setup start   starts it',
		],
	],
])('a service that is %j, in lines', async (state, some) => {
	const machine = await setUp();
	await during(machine, state);
	const [, ...said] = await lines(machine, 'status');
	const told = said.map(String).filter((line) => /Running|Restarts|^$|vira-setup start /u.test(line));
	expect(told).toEqual(some);
});

test('a user manager that does not respond is not reported as stopped', async () => {
	const machine = await linuxStates['no session']();
	const hanging: Simulation = {
		...machine,
		inspect: async (path) => machine.inspect(path === '/run/user/1000' ? '/home' : path),
	};
	expect(await lines(hanging, 'status')).toEqual(
		expect.arrayContaining([
			1,
			'✖ It cannot be told whether Vira runs.',
			'✖ Running          unknown: systemd does not answer',
			'✖ Healthy          unknown',
		]),
	);
	expect(await lines(hanging, 'stop')).toEqual([
		5,
		'vira-setup: The user manager of alice does not answer: it cannot be told whether the service runs.',
		'Failed to connect to bus: No medium found',
		'  sudo systemctl restart user@1000.service',
	]);
});

test.each<[Answer, page: string]>([
	[{answered: false, why: 'no answer in time'}, 'does not answer: no answer in time'],
	[{answered: true, status: 500}, 'answers with status 500'],
	[{answered: true, status: 503}, 'answers with status 503'],
])('Vira is running, and its page is %j: it is not healthy', async (answer, page) => {
	const machine: Simulation = {...(await setUp()), ask: async () => answer};
	expect(await lines(machine, 'status')).toEqual(
		expect.arrayContaining([
			1,
			'✖ Vira is running, but not healthy.',
			`✖ Healthy          https://localhost:5005/ ${page}`,
		]),
	);
	expect(await told(machine, 'status')).toMatchObject([1, {healthy: false, answering: false}]);
});

/** Changes the machine on which Vira runs, and returns the reported differences. */
type Change = (machine: Simulation) => Promise<unknown>;

const edit = async (machine: Simulation, path: string, how: (text: string) => string): Promise<void> =>
	machine.writeFile(path, how((await machine.readFile(path)) ?? ''), 0o600);

const asNumber = (schema: number) => (text: string) => text.replace('"schema": 1', `"schema": ${schema}`);

describe('changes since setup', () => {
	test.each<[string, Change, readonly object[]]>([
		[
			'a unit that was changed by hand',
			async (machine) => {
				await edit(machine, unitPath, (text) => `${text}# mine\n`);
				await type(machine, 'systemctl --user daemon-reload');
			},
			[
				{
					code: 'changed-by-hand',
					message: `${unitPath} was changed by hand.`,
					fixes: expect.stringMatching(/^vira-setup   shows/u),
				},
			],
		],
		[
			'a unit that systemd has not read yet',
			(machine) => edit(machine, unitPath, (text) => `${text}# mine\n`),
			[{code: 'changed-by-hand'}, {code: 'not-reloaded', fixes: 'vira-setup restart   takes it over'}],
		],
		[
			'a unit that was deleted',
			(machine) => machine.deleteFile(unitPath),
			[{code: 'file-missing', message: `${unitPath} is gone.`}],
		],
		[
			'a drop-in that overrides ours',
			async (machine) => {
				const text = '[Service]\nRestart=no\nMemoryMax=2G\nEnvironment="PATH=/bin" MINE=1\n';
				await put(machine, `${unitPath}.d/mine.conf`, text);
				await type(machine, 'systemctl --user daemon-reload');
			},
			[
				{
					code: 'drop-in',
					message: `${unitPath}.d/mine.conf decides over Restart, Environment PATH.`,
				},
			],
		],
		[
			'a drop-in that only adds something',
			async (machine) => {
				await put(machine, `${unitPath}.d/mine.conf`, '[Service]\nMemoryMax=2G\n');
				await type(machine, 'systemctl --user daemon-reload');
			},
			[],
		],
		[
			'a Vira that does not exist',
			async (machine) => {
				const {links} = await machine.events.state();
				const kept = Object.entries(links).filter(([path]) => path !== '/home/alice/.nix-profile');
				await machine.events.change({links: Object.fromEntries(kept)});
			},
			[{code: 'vira-gone', message: 'Vira: There is nothing at /home/alice/.nix-profile/bin/vira.'}],
		],
		[
			'settings that cannot be applied',
			(machine) =>
				edit(machine, settingsPath, (text) => text.replace('~/.local/share/vira/state', '/nix/store/x')),
			[{code: 'not-applicable', message: expect.stringMatching(/^stateDir: Nothing but Nix may write/u)}],
		],
		[
			'a service file as another version of vira-setup wrote it',
			async (machine) => {
				const older = (text: string) => text.replace('Description=Vira web application', 'Description=Vira');
				await edit(machine, unitPath, older);
				const {createHash} = await import('node:crypto');
				const hash = createHash('sha256')
					.update((await machine.readFile(unitPath)) ?? '')
					.digest('hex');
				await edit(machine, receiptPath, (text) =>
					text.replace(new RegExp(`("${unitPath}": ")[0-9a-f]+`, 'u'), `$1${hash}`),
				);
				await type(machine, 'systemctl --user daemon-reload');
			},
			[
				{
					code: 'older-text',
					message: `${unitPath} is not what this vira-setup would write.`,
					fixes: 'vira-setup   writes it anew',
				},
			],
		],
		[
			'settings of a newer vira-setup',
			(machine) => edit(machine, settingsPath, asNumber(2)),
			[{code: 'newer-format', message: `${settingsPath} was written by a newer vira-setup than this one.`}],
		],
		[
			'a receipt of a newer vira-setup',
			(machine) => edit(machine, receiptPath, asNumber(2)),
			[{code: 'newer-format', message: `${receiptPath} was written by a newer vira-setup than this one.`}],
		],
		[
			'a missing receipt',
			(machine) => machine.deleteFile(receiptPath),
			[{code: 'no-receipt', fixes: 'vira-setup   sets it up again'}],
		],
		[
			'a run that was killed',
			(machine) => edit(machine, receiptPath, (text) => text.replace('"complete"', '"pending"')),
			[{code: 'interrupted', fixes: 'vira-setup   finishes it'}],
		],
	])('%s', async (_, change, drift) => {
		const machine = await setUp();
		await change(machine);
		const [status, document] = await told(machine, 'status');
		expect(document['drift']).toMatchObject(drift);
		expect(document['drift']).toHaveLength(drift.length);
		expect([status, document['healthy']]).toEqual([0, true]);
	});

	test('settings that were edited and not applied: Vira is at another address than they say', async () => {
		const machine = await setUp();
		await edit(machine, settingsPath, (text) => text.replace('5005', '6006'));
		expect(await told(machine, 'status')).toMatchObject([
			1,
			{
				healthy: false,
				url: 'https://localhost:6006/',
				drift: [
					{
						code: 'not-applied',
						message: `What is saved in ${settingsPath} is not applied yet.`,
						fixes: 'vira-setup   applies it',
					},
				],
			},
		]);
		expect(await lines(machine, 'status')).toContain(
			'✖ Vira runs, but not with the settings that are saved.',
		);
	});

	test('are fixed by a command that is printed once, whatever else it does', async () => {
		const machine = await setUp();
		await edit(machine, unitPath, (text) => `${text}# mine\n`);
		await type(machine, 'systemctl --user disable vira.service');
		const said = await lines(machine, 'status');
		expect(said.filter((line) => String(line).startsWith('  vira-setup   '))).toEqual([
			'  vira-setup   shows the change, and asks before it replaces it',
		]);
	});

	test('are printed in lines, one fact per line, and each fix once', async () => {
		const machine = await setUp();
		await edit(machine, unitPath, (text) => `${text}# mine\n`);
		await machine.deleteFile(receiptPath);
		expect((await lines(machine, 'status')).slice(-5)).toEqual([
			'! Differs          What was set up is not recorded: there is no ~/.local/state/vira-setup/receipt.json',
			'! Differs          systemd has not read a changed file of the service yet',
			'',
			'  vira-setup   sets it up again',
			'  vira-setup restart   takes it over',
		]);
	});
});

test('a unit in another folder that hides ours', async () => {
	const machine = await setUp();
	await machine.deleteFile(unitPath);
	const other = '/etc/systemd/user/vira.service';
	await machine.events.change({readOnly: []});
	await put(machine, other, '[Service]\nExecStart=/home/alice/.nix-profile/bin/vira web\n');
	await type(machine, 'systemctl --user daemon-reload');
	expect(await told(machine, 'status')).toMatchObject([
		0,
		{managedBy: 'other-unit', serviceFile: other, diagnosis: {code: 'other-file'}},
	]);
});

test('settings that cannot be read are reported, and everything else too', async () => {
	const machine = await setUp();
	await machine.writeFile(settingsPath, '{', 0o600);
	expect(await told(machine, 'status')).toMatchObject([
		1,
		{installed: true, running: true, url: null, healthy: false, error: {code: 'usage'}},
	]);
	expect(await lines(machine, 'status')).toEqual(
		expect.arrayContaining([
			expect.stringMatching(
				/^✖ Installed {8}The saved settings in ~\/\.config\/vira-setup\/settings\.json cannot/u,
			),
			'  Correct the file, or move it away to start afresh.',
		]),
	);
});

test.each([
	[
		'root',
		{user: {name: 'root', uid: 0, home: '/root', sudoFrom: 'alice'}},
		'This runs through sudo, as root.',
	],
	['no systemd', {systemd: undefined, booted: false, session: false}, 'This machine does not run systemd.'],
] as const)('%s: not set up, and why', async (_, state, why) => {
	const machine = (await import('../support/rehearsal.ts')).simulate(state);
	expect((await lines(await machine, 'status')).slice(0, 3)).toEqual([
		1,
		'✖ Vira is not set up here.',
		`  ${why}`,
	]);
});

describe('in a terminal', () => {
	const many = async (): Promise<Simulation> => {
		const machine = await setUp();
		const names = ['a', 'b', 'c', 'd', 'e'];
		for (const name of names)
			await put(
				machine,
				`${unitPath}.d/${name}-${'long'.repeat(4)}.conf`,
				'[Service]\nRestart=no\nType=simple\n',
			);
		await edit(machine, unitPath, (text) => `${text}# mine\n`);
		await type(machine, 'systemctl --user daemon-reload');
		return machine;
	};

	test('all of it fits 80 columns and 24 lines', async () => {
		const said = (await lines(await many(), 'status', {output: {isTerminal: true, columns: 80}})).slice(1);
		expect(said.length).toBeLessThanOrEqual(24);
		expect(said.filter((line) => String(line).length > 80)).toEqual([]);
		expect(said).toContain('! Differs          3 more: vira-setup status --json');
	});

	test('at 40 columns long text wraps below, and nothing that can be copied is cut', async () => {
		const said = await lines(await setUp(), 'status', {output: {isTerminal: true, columns: 40}});
		expect(said).toEqual(
			expect.arrayContaining([
				'✔ Installed',
				'    ~/.config/systemd/user/vira.service',
				'✔ Enabled          yes',
				'✔ Healthy',
				'    https://localhost:5005/ answers with',
				'    status 200',
			]),
		);
		expect(said.filter((line) => String(line).length > 40)).toEqual([]);
	});

	test('marks have colors if colors are wanted', async () => {
		const printed = await lines(await setUp(), 'status', {output: {colour: {print: true, note: false}}});
		expect(printed[1]).toBe('\u001B[32m✔\u001B[39m Vira runs and answers.');
		expect(printed[3]).toBe('\u001B[32m✔\u001B[39m Enabled          yes');
	});
});

test('a secret is masked wherever a sentence quotes it', async () => {
	const machine = await setUp({}, '--environment', 'API_TOKEN=s3cr3tvalue123456');
	await edit(machine, settingsPath, (text) =>
		text.replace('~/.local/share/vira/state', '/nix/store/s3cr3tvalue123456'),
	);
	await typeAll(machine, 'systemctl --user daemon-reload');
	const [, document] = await told(machine, 'status');
	expect(JSON.stringify(document)).not.toContain('s3cr3tvalue');
	expect((await lines(machine, 'status')).join('\n')).not.toContain('s3cr3tvalue');
});

test('with a base path, status and doctor say what a proxy has to forward', async () => {
	const machine = await setUp({}, '--base-path', '/vira/');
	const rule = {path: '/vira/', to: 'https://localhost:5005/'};
	expect(await lines(machine, 'status')).toContain(
		'  Proxy            needed: it has to pass /vira/ on to https://localhost:5005/',
	);
	for (const verb of ['status', 'doctor'])
		expect(await told(machine, verb)).toMatchObject([0, {healthy: true, url: rule.to, proxy: rule}]);
});
