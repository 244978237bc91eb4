import {expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {lingers, pageAt, pictureOf, serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';

const state = '/home/alice/.local/share/vira/state';
const services = '/home/alice/.config/systemd/user';
const url = 'https://localhost:5005/';

const onMachine = useMachine();

const asAlice = (machine: Machine, ...argv: readonly string[]) => machine.run(argv, {as: 'alice'});

const setUp = async (machine: Machine, ...words: readonly string[]): Promise<void> => {
	const {exitCode} = await asAlice(machine, 'vira-setup', '--non-interactive', ...words);
	expect(exitCode).toBe(0);
};

interface Document {
	readonly outcome: string;
	readonly leftovers: readonly {readonly path: string | null; readonly what: string}[];
}

const uninstall = async (machine: Machine, ...words: readonly string[]) => {
	const {exitCode, stdout} = await asAlice(machine, 'vira-setup', 'uninstall', '--json', ...words);
	const {outcome, leftovers} = JSON.parse(stdout) as Document;
	return {exitCode, outcome, left: leftovers.map(({path}) => path)};
};

/** Without Vira's state, and the folders that hold nothing else. */
const withoutState = (picture: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>) =>
	Object.fromEntries(
		Object.entries(picture).filter(
			([path]) => path in before || !(path.startsWith(state) || state.startsWith(`${path}/`)),
		),
	);

/** Whether alice's user manager runs, as root sees it. */
const managerState = async (machine: Machine): Promise<string> =>
	(await machine.run(['systemctl', 'is-active', 'user@1000.service'])).stdout.trim();

test(
	'set up and removed: the home, lingering and the user manager are as before, except for the state',
	async () => {
		const machine = onMachine();
		const before = await pictureOf(machine);
		await setUp(machine, '--repository', 'a=https://x/a');
		const {exitCode, outcome, left} = await uninstall(machine, '--disable-linger');
		expect([exitCode, outcome, left]).toEqual([0, 'removed', [state, null]]);
		expect(withoutState(await pictureOf(machine), before)).toEqual(before);
		expect(await machine.exists(`${state}/ViraState`)).toBe(true);
		expect(await pageAt(machine, url)).toBe('refused');
		const units = await asAlice(
			machine,
			'systemctl',
			'--user',
			'list-units',
			'--all',
			'--no-legend',
			'vira*',
		);
		expect(units.stdout).toBe('');
		await machine.endSessions();
		expect(await managerState(machine)).toBe('inactive');

		await setUp(machine);
		expect(await pageAt(machine, url)).toBe('200');
	},
	timeLimitMs,
);

test(
	'with --purge the home is exactly as before',
	async () => {
		const machine = onMachine();
		const before = await pictureOf(machine);
		await setUp(machine, '--repository', 'a=https://x/a');
		const {exitCode, left} = await uninstall(machine, '--purge', '--disable-linger');
		expect([exitCode, left]).toEqual([0, [null]]);
		expect(await pictureOf(machine)).toEqual(before);
	},
	timeLimitMs,
);

test(
	'a service that failed, was changed by hand and has a drop-in: her own files stay and are named',
	async () => {
		const machine = onMachine();
		await setUp(machine);
		const dropIn = `${services}/vira.service.d/mine.conf`;
		await machine.writeFile(dropIn, '[Service]\nExecStart=\nExecStart=/bin/false\n', {owner: 'alice'});
		const unit = await machine.readFile(`${services}/vira.service`);
		await machine.writeFile(`${services}/vira.service`, `${unit}# mine\n`, {owner: 'alice', mode: '600'});
		await asAlice(machine, 'systemctl', '--user', 'daemon-reload');
		await asAlice(machine, 'systemctl', '--user', 'restart', 'vira.service');
		const {exitCode, left} = await uninstall(machine);
		expect([exitCode, left]).toEqual([
			0,
			[`${services}/vira.service`, dropIn, state, null, '/var/lib/systemd/linger/alice'],
		]);
		expect(await machine.readFile(`${services}/vira.service`)).toContain('# mine');
		expect(await machine.exists(`${services}/default.target.wants/vira.service`)).toBe(false);
		expect(['inactive', 'failed']).toContain(await serviceProperty(machine, 'ActiveState'));
		const again = await uninstall(machine);
		expect(again).toEqual({exitCode: 0, outcome: 'unchanged', left: [`${services}/vira.service`, dropIn]});
	},
	timeLimitMs,
);

test(
	'a service that failed is no longer among the failed units',
	async () => {
		const machine = onMachine();
		await setUp(machine);
		await machine.run(['pkill', '-SEGV', '-f', 'state-dir']);
		await asAlice(machine, 'systemctl', '--user', 'stop', 'vira.service');
		await uninstall(machine);
		const {stdout} = await asAlice(machine, 'systemctl', '--user', '--failed', '--no-legend');
		expect(stdout).toBe('');
		expect(await serviceProperty(machine, 'LoadState')).toBe('not-found');
	},
	timeLimitMs,
);

test(
	'a masked service is stopped, and its link removed; the mask stays',
	async () => {
		const machine = onMachine();
		await setUp(machine);
		await asAlice(machine, 'rm', `${services}/vira.service`);
		await asAlice(machine, 'systemctl', '--user', 'mask', 'vira.service');
		expect(await serviceProperty(machine, 'ActiveState')).toBe('active');
		const {exitCode, left} = await uninstall(machine);
		expect([exitCode, left[0]]).toEqual([0, `${services}/vira.service`]);
		expect(await serviceProperty(machine, 'ActiveState')).toBe('inactive');
		expect(await machine.exists(`${services}/default.target.wants/vira.service`)).toBe(false);
	},
	timeLimitMs,
);

test(
	'lingering stays on for her timer, and the report says so',
	async () => {
		const machine = onMachine();
		await setUp(machine);
		const timer = '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n';
		await machine.writeFile(`${services}/backup.timer`, timer, {owner: 'alice'});
		await machine.writeFile(`${services}/backup.service`, '[Service]\nExecStart=/bin/true\n', {
			owner: 'alice',
		});
		await asAlice(machine, 'systemctl', '--user', 'enable', 'backup.timer');
		const {exitCode, left} = await uninstall(machine, '--disable-linger');
		expect([exitCode, left.at(-1)]).toEqual([0, '/var/lib/systemd/linger/alice']);
		expect(await lingers(machine)).toBe(true);
		expect(await machine.exists(`${services}/timers.target.wants/backup.timer`)).toBe(true);
	},
	timeLimitMs,
);

test(
	'lingering that she cannot turn off ends with exit 4, and the service runs as before',
	async () => {
		const machine = onMachine();
		await setUp(machine);
		const before = await machine.snapshot(['/home/alice/.config', '/home/alice/.local/state']);
		const rule = `polkit.addRule(function (action) { if (/linger/.test(action.id)) return polkit.Result.NO; });`;
		await machine.writeFile('/etc/polkit-1/rules.d/00-no-linger.rules', rule, {mode: '644'});
		const pkla =
			'[No linger]\nIdentity=unix-user:*\nAction=org.freedesktop.login1.set-self-linger\nResultAny=no\nResultInactive=no\nResultActive=no\n';
		await machine.writeFile('/etc/polkit-1/localauthority/50-local.d/no-linger.pkla', pkla, {mode: '644'});
		await machine.run(['systemctl', 'restart', 'polkit.service']);
		const {exitCode, stdout} = await asAlice(
			machine,
			...['vira-setup', 'uninstall', '--json', '--disable-linger'],
		);
		expect([exitCode, (JSON.parse(stdout) as Document).outcome]).toEqual([4, 'failed']);
		expect(await machine.snapshot(['/home/alice/.config', '/home/alice/.local/state'])).toEqual(before);
		expect(await serviceProperty(machine, 'ActiveState')).toBe('active');
	},
	timeLimitMs,
);

test(
	'from cron: with only lingering to keep the manager, and without any manager',
	async () => {
		const machine = onMachine();
		const before = await pictureOf(machine);
		const words = ['vira-setup', 'uninstall', '--non-interactive', '--purge'];
		const env = {PATH: '/usr/local/bin:/usr/bin:/bin'};
		await setUp(machine);
		await machine.endSessions();
		const alone = await machine.runWithoutSession([...words, '--disable-linger'], {env});
		expect([alone.exitCode, alone.stdout.split('\n')[0]]).toEqual([0, 'removed']);
		expect(await pictureOf(machine)).toEqual(before);

		await setUp(machine, '--no-linger');
		await machine.endSessions();
		expect(await managerState(machine)).toBe('inactive');
		const without = await machine.runWithoutSession(words, {env});
		expect([without.exitCode, without.stdout.split('\n')[0]]).toEqual([0, 'removed']);
		expect(await pictureOf(machine)).toEqual(before);
	},
	timeLimitMs,
);
