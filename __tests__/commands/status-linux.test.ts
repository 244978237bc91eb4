import {describe, expect, test} from '@jest/globals';
import type {UnitState} from '../../src/simulator/machine-state.ts';
import type {Simulation} from '../support/simulated-linux.ts';
import type {Answer} from '../../src/platform/system.ts';
import {put, type, typeAll, unitPath} from '../support/installed.ts';
import {during, linuxStates, setUp, type LinuxState} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, told} from '../support/run-command.ts';
import {fixOf} from '../support/printed-fix.ts';

const settingsPath = '/home/alice/.config/vira-setup/settings.json';
const receiptPath = '/home/alice/.local/state/vira-setup/receipt.json';

const facts: Readonly<Record<LinuxState, object>> = {
	'not set up': {installed: false, running: false, url: null, pid: null, since: null},
	running: {
		installed: true,
		enabled: true,
		unitMasked: false,
		loaded: true,
		running: true,
		healthy: true,
		responding: true,
		state: 'active',
		lastExit: null,
		pid: 1201,
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
		desktopSession: null,
		startsAtBoot: true,
		survivesLogout: true,
		diagnosis: null,
		drift: [],
	},
	stopped: {installed: true, enabled: true, loaded: true, running: false, responding: null, lastExit: null},
	failed: {running: false, state: 'failed', lastExit: 'It exited with status 1.'},
	'ending again and again': {running: false, state: 'activating', lastExit: 'It exited with status 1.'},
	masked: {installed: true, unitMasked: true, loaded: false, running: false, nextStart: {when: 'never'}},
	disabled: {
		enabled: false,
		loaded: true,
		startsAtBoot: false,
		nextStart: {when: 'never'},
		drift: [{code: 'not-enabled', fixes: [fixOf('vira-setup   enables it')]}],
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
		'✔ Vira is running and healthy.',
		'✔ Installed       ~/.config/systemd/user/vira.service',
		'✔ Enabled         yes',
		'✔ Loaded          yes',
		expect.stringMatching(/^✔ Running {9}since 2026-03-0\d \d\d:\d\d, for 3 seconds \(PID 1201\)$/u),
		'✔ Healthy         https://localhost:5005/ responds with status 200',
		'  Restarts        0',
		'  Memory          45 MiB',
		"✔ Lingering       on: alice's services run without a login",
		'✔ Starts at boot  yes',
		'✔ After logout    keeps running',
	]);
});

test.each<[LinuxState, readonly string[]]>([
	['not set up', ['✖ Vira is not set up here.', '  vira-setup   sets it up']],
	['stopped', ['✖ Running         no: it is stopped', '  vira-setup start   starts Vira']],
	[
		'failed',
		[
			'✖ Vira is not running.',
			'✖ Running         no: it failed. It exited with status 1',
			'  vira-setup logs   shows the log',
		],
	],
	['masked', ['✖ Enabled         masked: systemd cannot start it', '  vira-setup start   starts Vira']],
	[
		'disabled',
		[
			'! Enabled         no: it does not start automatically',
			'! Starts at boot  no: it does not start automatically',
			'  vira-setup   enables it',
		],
	],
	[
		'lingering off',
		[
			"! Lingering       off: alice's services stop after the last logout",
			'! Starts at boot  no: only when you log in',
			'  vira-setup   turns lingering on',
		],
	],
	[
		'no session',
		[
			'✖ Running         no: the systemd user manager of alice is not running',
			'  loginctl enable-linger alice   lets it run while alice is logged out',
		],
	],
])('a service that is %s, in lines', async (state, some) => {
	expect(await lines(await linuxStates[state](), 'status')).toEqual(expect.arrayContaining([1, ...some]));
});

test.each<[Partial<UnitState>, readonly string[]]>([
	[
		{active: 'activating', sub: 'start-pre'},
		['✖ Running         no: it is starting', '  Restarts        0', ''],
	],
	[
		{active: 'activating', sub: 'auto-restart', restarts: 2},
		[
			'✖ Running         no: it exited and is about to restart',
			'  Restarts        2',
			'',
			'  vira-setup start   starts Vira',
		],
	],
	[
		{active: 'deactivating', sub: 'stop-sigterm'},
		['✖ Running         no: it is stopping', '  Restarts        0', '', '  vira-setup start   starts Vira'],
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
			'✖ It is unknown whether Vira is running.',
			'✖ Running         unknown: systemd does not respond',
			'✖ Healthy         unknown',
		]),
	);
	expect(await lines(hanging, 'stop')).toEqual([
		5,
		'vira-setup: The systemd user manager of alice does not respond, so the state of the service is unknown.',
		'Failed to connect to bus: No medium found',
		'  sudo systemctl restart user@1000.service   restarts the user manager',
	]);
});

test.each<[Answer, page: string]>([
	[{answered: false, why: 'timed out'}, 'does not respond: timed out'],
	[{answered: true, status: 500}, 'responds with status 500'],
	[{answered: true, status: 503}, 'responds with status 503'],
])('Vira is running, and its page is %j: it is not healthy', async (answer, page) => {
	const machine: Simulation = {...(await setUp()), ask: async () => answer};
	expect(await lines(machine, 'status')).toEqual(
		expect.arrayContaining([
			1,
			'✖ Vira is running, but not healthy.',
			`✖ Healthy         https://localhost:5005/ ${page}`,
		]),
	);
	expect(await told(machine, 'status')).toMatchObject([1, {healthy: false, responding: false}]);
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
					fixes: [{command: 'vira-setup', say: expect.stringMatching(/^Shows/u)}],
				},
			],
		],
		[
			'a unit that systemd has not read yet',
			(machine) => edit(machine, unitPath, (text) => `${text}# mine\n`),
			[
				{code: 'changed-by-hand'},
				{code: 'not-reloaded', fixes: [fixOf('vira-setup restart   applies the change')]},
			],
		],
		[
			'a unit that was deleted',
			(machine) => machine.deleteFile(unitPath),
			[{code: 'file-missing', message: `${unitPath} is missing.`}],
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
					message: `${unitPath}.d/mine.conf overrides Restart, Environment PATH.`,
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
			[{code: 'vira-gone', message: 'Vira: /home/alice/.nix-profile/bin/vira does not exist.'}],
		],
		[
			'settings that cannot be applied',
			(machine) =>
				edit(machine, settingsPath, (text) => text.replace('~/.local/share/vira/state', '/nix/store/x')),
			[{code: 'not-applicable', message: expect.stringMatching(/^stateDir: Only Nix can write/u)}],
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
					message: `${unitPath} differs from what this vira-setup would write.`,
					fixes: [fixOf('vira-setup   rewrites it')],
				},
			],
		],
		[
			'settings of a newer vira-setup',
			(machine) => edit(machine, settingsPath, asNumber(2)),
			[{code: 'newer-format', message: `${settingsPath} was written by a newer version of vira-setup.`}],
		],
		[
			'a receipt of a newer vira-setup',
			(machine) => edit(machine, receiptPath, asNumber(2)),
			[{code: 'newer-format', message: `${receiptPath} was written by a newer version of vira-setup.`}],
		],
		[
			'a missing receipt',
			(machine) => machine.deleteFile(receiptPath),
			[{code: 'no-receipt', fixes: [fixOf('vira-setup   sets up Vira again')]}],
		],
		[
			'a run that was killed',
			(machine) => edit(machine, receiptPath, (text) => text.replace('"complete"', '"pending"')),
			[{code: 'interrupted', fixes: [fixOf('vira-setup   finishes it')]}],
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
						message: `The settings in ${settingsPath} are not applied yet.`,
						fixes: [fixOf('vira-setup   applies them')],
					},
				],
			},
		]);
		expect(await lines(machine, 'status')).toContain(
			'✖ Vira is running, but the saved settings are not applied.',
		);
	});

	test('are fixed by a command that is printed once, whatever else it does', async () => {
		const machine = await setUp();
		await edit(machine, unitPath, (text) => `${text}# mine\n`);
		await type(machine, 'systemctl --user disable vira.service');
		const said = await lines(machine, 'status');
		expect(said.filter((line) => String(line).startsWith('  vira-setup   '))).toEqual([
			'  vira-setup   shows the change and asks before replacing it',
		]);
	});

	test('are printed in lines, one fact per line, and each fix once', async () => {
		const machine = await setUp();
		await edit(machine, unitPath, (text) => `${text}# mine\n`);
		await machine.deleteFile(receiptPath);
		expect((await lines(machine, 'status')).slice(-5)).toEqual([
			'! Warning         ~/.local/state/vira-setup/receipt.json does not exist: it is unknown what was set up',
			'! Warning         systemd has not reloaded a changed service file',
			'',
			'  vira-setup   sets up Vira again',
			'  vira-setup restart   applies the change',
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
				/^✖ Installed {7}The saved settings in ~\/\.config\/vira-setup\/settings\.json are not/u,
			),
			'  Fix the file, or move it aside to start over.',
		]),
	);
});

test.each([
	[
		'root',
		{user: {name: 'root', uid: 0, home: '/root', sudoFrom: 'alice'}},
		'vira-setup is running as root through sudo.',
	],
	[
		'no systemd',
		{systemd: undefined, booted: false, session: false},
		'systemd is not running on this machine.',
	],
] as const)('%s: not set up, and why', async (_, state, why) => {
	const machine = (await import('../support/simulated-linux.ts')).simulate(state);
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
		expect(said).toContain('! Warning         3 more: vira-setup status --json');
	});

	test('at 40 columns long text wraps below, and nothing that can be copied is cut', async () => {
		const said = await lines(await setUp(), 'status', {output: {isTerminal: true, columns: 40}});
		expect(said).toEqual(
			expect.arrayContaining([
				'✔ Installed',
				'    ~/.config/systemd/user/vira.service',
				'✔ Enabled         yes',
				'✔ Healthy',
				'    https://localhost:5005/ responds',
				'    with status 200',
			]),
		);
		expect(said.filter((line) => String(line).length > 40)).toEqual([]);
	});

	test('marks have colors if colors are wanted', async () => {
		const printed = await lines(await setUp(), 'status', {output: {colour: {print: true, note: false}}});
		expect(printed[1]).toBe('\u001B[32m✔\u001B[39m Vira is running and healthy.');
		expect(printed[3]).toBe('\u001B[32m✔\u001B[39m Enabled         yes');
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
		'  Proxy           needed: it must forward /vira/ to https://localhost:5005/',
	);
	for (const verb of ['status', 'doctor'])
		expect(await told(machine, verb)).toMatchObject([0, {healthy: true, url: rule.to, proxy: rule}]);
});
