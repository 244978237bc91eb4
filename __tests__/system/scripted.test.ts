import {expect, test} from '@jest/globals';
import {lingers, useMachine, pageAt, pageSoonAt, serviceProperty, timeLimitMs} from '../support/alice.ts';
import {validDocument} from '../support/valid-document.ts';

const url = 'https://localhost:5005/';

const onMachine = useMachine();

test(
	'a scripted run installs; after logout and after a reboot without a login the page responds',
	async () => {
		const machine = onMachine();
		const {exitCode, stdout} = await machine.run(['vira-setup', '--non-interactive'], {as: 'alice'});
		expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'installed']);
		expect(await lingers(machine)).toBe(true);
		await machine.endSessions();
		expect(await pageAt(machine, url)).toBe('200');
		await machine.reboot();
		expect(await pageSoonAt(machine, url)).toBe('200');
	},
	timeLimitMs,
);

test(
	'a second run changes nothing, restarts nothing and reports "unchanged"',
	async () => {
		const machine = onMachine();
		await machine.run(['vira-setup', '--non-interactive'], {as: 'alice'});
		const pid = await serviceProperty(machine, 'MainPID');
		const files = await machine.snapshot(['/home/alice/.config', '/home/alice/.local/state']);
		const again = await machine.run(['vira-setup', '--non-interactive'], {as: 'alice'});
		expect([again.exitCode, again.stdout.split('\n')[0]]).toEqual([0, 'unchanged']);
		expect(await serviceProperty(machine, 'MainPID')).toBe(pid);
		expect(await machine.snapshot(['/home/alice/.config', '/home/alice/.local/state'])).toEqual(files);
		const check = await machine.run(['vira-setup', '--check', '--json'], {as: 'alice'});
		expect([check.exitCode, validDocument(check.stdout)]).toEqual([
			0,
			expect.objectContaining({outcome: 'planned', changed: false}),
		]);
	},
	timeLimitMs,
);

test(
	'one flag updates: the new port responds, the old one does not, other settings stay',
	async () => {
		const machine = onMachine();
		const first = [
			'vira-setup',
			'--non-interactive',
			'--job-retention-days',
			'3',
			'--environment',
			'GIT_SSH_COMMAND=ssh -i /path/to/key',
		];
		await machine.run(first, {as: 'alice'});
		const {exitCode, stdout} = await machine.run(['vira-setup', '--non-interactive', '--port', '8443'], {
			as: 'alice',
		});
		expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'updated']);
		expect(await pageAt(machine, 'https://localhost:8443/')).toBe('200');
		expect(await pageAt(machine, url)).toBe('refused');
		const pid = await serviceProperty(machine, 'MainPID');
		const [words, variables] = await Promise.all(
			['cmdline', 'environ'].map((name) => machine.readFile(`/proc/${pid}/${name}`)),
		);
		expect(words?.split('\0')).toEqual(
			expect.arrayContaining(['--job-retention-days', '3', '--port', '8443']),
		);
		expect(variables?.split('\0')).toContain('GIT_SSH_COMMAND=ssh -i /path/to/key');
	},
	timeLimitMs,
);

test(
	'it works from cron, without a session or XDG_RUNTIME_DIR, and through sudo -u',
	async () => {
		const machine = onMachine();
		const env = {PATH: '/usr/local/bin:/usr/bin:/bin'};
		const cron = await machine.runWithoutSession(['vira-setup', '--non-interactive'], {env});
		expect([cron.exitCode, cron.stdout.split('\n')[0]]).toEqual([0, 'installed']);
		const words = ['sudo', '-n', '-u', 'alice', 'vira-setup', '--non-interactive', '--port', '8443'];
		const sudo = await machine.run(words, {as: 'admin'});
		expect([sudo.exitCode, sudo.stdout.split('\n')[0]]).toEqual([0, 'updated']);
		expect(await pageAt(machine, 'https://localhost:8443/')).toBe('200');
		expect(await machine.exists('/home/admin/.config/vira-setup')).toBe(false);
	},
	timeLimitMs,
);

test(
	'--json prints one document, and progress on standard error',
	async () => {
		const machine = onMachine();
		const {stdout, stderr} = await machine.run(['vira-setup', '--json'], {as: 'alice'});
		expect(validDocument(stdout)).toMatchObject({
			schema: 2,
			command: 'install',
			outcome: 'installed',
			changed: true,
			startsAtBoot: true,
			survivesLogout: true,
			healthy: true,
			url,
		});
		expect(stderr).toContain('✔ Start Vira');
	},
	timeLimitMs,
);
