import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {linuxAdvice, refusalsOf} from '../../src/platform/systemd/advice.ts';
import {detect as detectAny} from '../../src/steps/detect.ts';
import {put} from '../support/installed.ts';
import type {LinuxMachine} from '../../src/platform/systemd/facts.ts';
import type {System} from '../../src/platform/system.ts';
import {proposeOn, settle} from '../support/settle.ts';

const detect = async (system: System): Promise<LinuxMachine> => {
	const facts = await detectAny(system);
	if (facts.platform !== 'linux') throw new Error('This is no Linux.');
	return facts;
};

const profile = '/home/alice/.nix-profile/bin';
const store = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-vira-0.1.0/bin';
const unit = '/home/alice/.config/systemd/user/vira.service';

test('the facts about a Debian machine where alice is logged in', async () => {
	expect(await detect(await simulate())).toMatchObject({
		systemName: 'Debian GNU/Linux 12 (bookworm)',
		folders: {
			config: '/home/alice/.config/vira-setup',
			state: '/home/alice/.local/state/vira-setup',
			services: '/home/alice/.config/systemd/user',
		},
		vira: {path: `${profile}/vira`, version: '0.1.0.0'},
		service: {active: 'inactive', enabled: false, mainPid: undefined},
		managedBy: undefined,
		linux: {
			systemd: 252,
			userManager: {answers: true, version: 252},
			lingering: false,
			nixos: false,
			wsl: false,
		},
	});
});

test('the facts about a running service', async () => {
	const machine = await simulate();
	await settle(machine);
	expect((await detect(machine)).service).toMatchObject({
		active: 'active',
		enabled: true,
		restarts: 0,
		file: unit,
		mainPid: expect.any(Number),
	});
});

test.each([
	['a profile rather than the store path that comes first on PATH', `${store}:${profile}:/usr/bin`],
	['a profile that is not on PATH rather than a store path that is', `${store}:/usr/bin`],
	['the program on PATH, without relative folders', `.:${profile}`],
	['the program on PATH after a folder that is not accessible', `/root/bin:${profile}`],
])('Vira is named by %s', async (_, path) => {
	const machine = await simulate({environment: {PATH: path}, unreadable: ['/root']});
	expect((await detect(machine)).vira?.path).toBe(`${profile}/vira`);
});

test.each([true, false])(
	'without a session, the user manager responds if lingering is on: %j',
	async (lingering) => {
		const {linux} = await detect(await simulate({session: false, lingering}));
		expect(linux).toMatchObject({lingering, userManager: {answers: lingering}});
	},
);

test.each([true, false])(
	'if loginctl has no bus, the linger file says whether lingering is on: %j',
	async (lingering) => {
		const machine = await simulate({lingering});
		const stderr = 'Failed to connect to bus: No such file or directory';
		const withoutBus: Simulation = {
			...machine,
			run: async (command, options) =>
				command[0] === 'loginctl'
					? {exitCode: 1, stdout: '', stderr, timedOut: false, found: true}
					: machine.run(command, options),
		};
		expect((await detect(withoutBus)).linux.lingering).toBe(lingering);
	},
);

test.each([
	['docker', '/.dockerenv'],
	['podman', '/run/.containerenv'],
])('a container of %s without systemd is detected by %s', async (name, mark) => {
	const machine = await simulate({booted: false, systemd: undefined});
	expect((await detect(machine)).linux.container).toBeUndefined();
	await put(machine, mark, '');
	expect((await detect(machine)).linux.container).toBe(name);
});

test('the XDG folders count if they are absolute', async () => {
	const machine = await simulate({
		environment: {XDG_CONFIG_HOME: '/home/alice/conf', XDG_STATE_HOME: 'relative'},
	});
	expect((await detect(machine)).folders).toMatchObject({
		config: '/home/alice/conf/vira-setup',
		state: '/home/alice/.local/state/vira-setup',
	});
});

describe('an unsupported machine is refused:', () => {
	const codes = async (
		state: Partial<MachineState>,
		change: (machine: Awaited<ReturnType<typeof simulate>>) => Promise<unknown> = () => Promise.resolve(),
	) => {
		const machine = await simulate(state);
		await change(machine);
		return refusalsOf(await detect(machine)).map(({code, message: title}) => [code, title]);
	};
	const root = {name: 'root', uid: 0, home: '/root', sudoFrom: undefined};

	test('no systemd', async () => {
		expect(await codes({booted: false})).toEqual([['no-systemd', 'systemd is not running on this machine.']]);
		expect(await codes({booted: false, wsl: true})).toEqual([
			['no-systemd', 'systemd is not running in WSL.'],
		]);
		expect(await codes({booted: false, container: 'docker'})).toEqual([
			['no-systemd', 'systemd is not running in this container (docker).'],
		]);
	});

	test('root, and sudo', async () => {
		expect(await codes({user: root})).toEqual([['root', 'vira-setup is running as root.']]);
		expect(await codes({user: {...root, sudoFrom: 'alice'}})).toEqual([
			['root', 'vira-setup is running as root through sudo.'],
		]);
	});

	test("a unit of Home Manager, the user's own link, a system unit", async () => {
		expect(await codes({links: {[unit]: '/nix/store/abc-home-manager-files/vira.service'}})).toEqual([
			['managed-elsewhere', 'vira.service is managed by Home Manager.'],
		]);
		expect(await codes({links: {[unit]: '/home/alice/dotfiles/vira.service'}})).toEqual([
			['managed-elsewhere', 'vira.service already exists and was not created by vira-setup.'],
		]);
		expect(await codes({}, (machine) => put(machine, '/etc/systemd/system/vira.service', ''))).toEqual([
			['managed-elsewhere', 'vira.service already exists as a system unit.'],
		]);
	});

	test('a user unit in another folder', async () => {
		const install = (machine: Simulation) =>
			put(machine, '/etc/systemd/user/vira.service', '[Service]\nExecStart=/bin/true\n');
		expect(await codes({}, install)).toEqual([
			['managed-elsewhere', 'vira.service already exists and was not created by vira-setup.'],
		]);
	});

	test('a masked service', async () => {
		expect(await codes({links: {[unit]: '/dev/null'}})).toEqual([
			['masked', expect.stringContaining('masked')],
		]);
	});

	test('nothing, on a supported machine', async () => {
		expect(await codes({})).toEqual([]);
		expect(await codes({session: false})).toEqual([]);
	});
});

test('NixOS gets its own configuration line, and a notice that lingering is only on for now', async () => {
	const machine = await simulate({nixos: true});
	const choice = linuxAdvice(await detect(machine)).find(({level}) => level === 'note');
	expect(choice).toMatchObject({
		fixes: [{say: 'users.users.alice.linger = true;'}],
		answers: [{label: 'Turn it on for now'}, {label: 'Leave it off'}],
	});
	const {preview} = await proposeOn(machine);
	expect(preview.warnings).toEqual([
		{code: 'linger-not-durable', message: expect.stringContaining('users.users.alice.linger = true;')},
	]);
});

test("the user's drop-in is reported before its service changes", async () => {
	const machine = await simulate();
	await settle(machine);
	const dropIn = '/home/alice/.config/systemd/user/vira.service.d/mine.conf';
	await put(machine, dropIn, '[Service]\nNice=5\n');
	await machine.run(['systemctl', '--user', 'daemon-reload']);
	const {preview} = await proposeOn(machine, {port: 8443});
	expect(preview.warnings).toEqual([
		{code: 'drop-in', message: `${dropIn} is kept and can override these settings.`},
	]);
});

test('if the user manager does not respond, the link that enable created says whether the service is enabled', async () => {
	const machine = await simulate();
	await settle(machine);
	await machine.run(['loginctl', 'disable-linger', 'alice']);
	await machine.events.logout();
	expect((await detect(machine)).service).toMatchObject({active: 'unknown', enabled: true});
});

test.each(['Version=\nUnitPath=', '', 'No such property'])(
	'a user manager that reports %j, without its version, has not responded',
	async (stdout) => {
		const machine = await simulate();
		const odd: Simulation = {
			...machine,
			run: async (command, options) =>
				command.includes('--property=Version,UnitPath')
					? {exitCode: 0, stdout, stderr: '', timedOut: false, found: true}
					: machine.run(command, options),
		};
		expect((await detect(odd)).linux.userManager.answers).toBe(false);
	},
);

test("the unit goes where the user manager looks for it, if the home folder's name has a space", async () => {
	const machine = await simulate({
		user: {name: 'alice', uid: 1000, home: '/home/al ice', sudoFrom: undefined},
	});
	expect((await detect(machine)).folders.services).toBe('/home/al ice/.config/systemd/user');
});

test('the unit goes where the user manager looks for it, whatever XDG_CONFIG_HOME is in the shell', async () => {
	const machine = await simulate({environment: {XDG_CONFIG_HOME: '/home/alice/conf'}});
	expect((await detect(machine)).folders.services).toBe('/home/alice/.config/systemd/user');
	const elsewhere: Simulation = {
		...machine,
		run: async (command, options) => {
			const result = await machine.run(command, options);
			const stdout = result.stdout.replaceAll('/home/alice/.config/systemd', '/home/alice/own/systemd');
			return {...result, stdout};
		},
	};
	expect((await detect(elsewhere)).serviceFiles).toEqual(['/home/alice/own/systemd/user/vira.service']);
});

test('a system that is neither Linux nor macOS is named, with what can be tried there', async () => {
	await expect(detectAny({...(await simulate()), platform: 'other'})).rejects.toMatchObject({
		failure: {
			exit: 3,
			message: 'vira-setup supports only Linux and macOS.',
			fixes: [{say: 'shows it on a simulated machine', command: 'vira-setup --simulate linux'}],
		},
	});
});

test.each([
	['192.0.2.7 52144 192.0.2.20 22', {address: '192.0.2.20', port: 22}],
	['2001:db8::1 52144 2001:db8::2 2222', {address: '2001:db8::2', port: 2222}],
	// OpenSSH, if the connection is no socket.
	['UNKNOWN 65535 UNKNOWN 65535', undefined],
	['192.0.2.7 52144 192.0.2.20', undefined],
	['192.0.2.7 52144 192.0.2.20 0', undefined],
	['', undefined],
])('SSH_CONNECTION=%j: this machine was reached at %j', async (connection, ssh) => {
	const machine = await simulate();
	const environment = {...machine.environment, SSH_CONNECTION: connection};
	expect((await detectAny({...machine, environment})).ssh).toEqual(ssh);
});
