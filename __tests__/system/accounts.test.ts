import {expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {lingerFile} from '../../src/platform/systemd/lingering/lingering.ts';
import {lingers, pictureOf, serviceProperty, timeLimitMs, useMachine, vira} from '../support/alice.ts';

const onMachine = useMachine();
const alice = {as: 'alice'} as const;
const json = ['--non-interactive', '--json'];

/** Alice without a session, as cron would run a command. */
const alone = async (machine: Machine, ...words: readonly string[]) => {
	const env = {PATH: '/usr/local/bin:/usr/bin:/bin', XDG_RUNTIME_DIR: '/run/user/1000'};
	const began = Date.now();
	const {exitCode, stdout} = await machine.runWithoutSession(['vira-setup', ...words], {env});
	return {exitCode, document: JSON.parse(stdout) as Record<string, unknown>, took: Date.now() - began};
};

/** A login of an account of any name; the words are a line of the shell. */
const login = (machine: Machine, name: string, line: string) =>
	machine.run(['su', '--login', '--shell=/bin/sh', `--command=${line}`, '--', name]);

const root = async (machine: Machine, line: string): Promise<string> =>
	(await machine.run(['sh', '-c', line])).stdout.trim();

/** Entries of passwd(5) as an administrator, or a directory service, writes them. */
const addAccount = async (machine: Machine, name: string, uid: number): Promise<void> => {
	const home = `/home/user${uid}`;
	await root(machine, `install -d -o ${uid} -g ${uid} ${home}; chmod 755 /home/alice`);
	for (const [file, line] of [
		['passwd', `${name}:x:${uid}:${uid}::${home}:/bin/sh`],
		['group', `user${uid}:x:${uid}:`],
		['shadow', `${name}:*:19000:0:99999:7:::`],
	])
		await machine.run(['sh', '-c', `printf '%s\\n' "$1" >>/etc/${file}`, 'sh', line ?? '']);
};

test(
	'a UID without an account gets one sentence, and everything that needs no account works',
	async () => {
		const machine = onMachine();
		const as = (...words: readonly string[]) =>
			machine.run(['setpriv', '--reuid=4242', '--regid=4242', '--clear-groups', 'vira-setup', ...words]);
		const refused = await as(...json);
		expect([refused.exitCode, JSON.parse(refused.stdout)]).toEqual([
			3,
			expect.objectContaining({
				outcome: 'failed',
				error: expect.objectContaining({
					code: 'unsuitable',
					message: expect.stringContaining('runs with UID 4242'),
				}),
			}),
		]);
		expect(refused.stderr).not.toContain('    at ');
		for (const words of [
			['--simulate', '--non-interactive'],
			['--help'],
			['--version'],
			['completion', 'bash'],
		])
			expect(await as(...words)).toMatchObject({exitCode: 0});
	},
	timeLimitMs,
);

test.each([
	['with extra slashes', 'usermod --home /home//alice/./ alice'],
	['that is a link', 'mv /home/alice /srv/alice; ln -s ../srv/alice /home/alice'],
])(
	'in a home %s, an uninstall leaves nothing',
	async (_, change) => {
		const machine = onMachine();
		await machine.run(['sh', '-c', change]);
		const before = await machine.snapshot(['/home/alice/', '/srv']);
		const secret = ['--environment', 'API_TOKEN=very-secret'];
		expect(await machine.run(['vira-setup', ...json, ...secret], alice)).toMatchObject({exitCode: 0});
		const gone = await machine.run(
			['vira-setup', 'uninstall', ...json, '--disable-linger', '--purge'],
			alice,
		);
		expect([gone.exitCode, JSON.parse(gone.stdout)]).toMatchObject([0, {outcome: 'removed'}]);
		expect(await machine.snapshot(['/home/alice/', '/srv'])).toEqual(before);
	},
	timeLimitMs,
);

test(
	'lingering of an account with an unusual name: its file is found, and the forecast for the next boot is true',
	async () => {
		const machine = onMachine();
		const names = ['DOM\\bob', 'ann lee', 'eve@corp', 'zoë'];
		for (const [index, name] of names.entries()) await addAccount(machine, name, 1101 + index);
		// Pasted into a shell, the advice works.
		for (const name of names) {
			const {stdout} = await login(machine, name, 'vira-setup doctor --json');
			const advised = /loginctl enable-linger [^\n]+?(?=",?\n)/u.exec(stdout)?.[0] ?? '';
			await root(machine, JSON.parse(`"${advised}"`) as string);
		}
		const files = (await root(machine, 'ls --quoting-style=literal -d /var/lib/systemd/linger/*')).split(
			'\n',
		);
		expect(files.toSorted()).toEqual(names.map((name) => lingerFile({name})).toSorted());
		await login(machine, 'DOM\\bob', `vira-setup --non-interactive --package ${vira}`);
		const {stdout} = await login(machine, 'DOM\\bob', 'vira-setup status --json');
		const {startsAtBoot, lingering} = JSON.parse(stdout) as Record<string, unknown>;
		await machine.reboot();
		const state = await root(
			machine,
			'systemctl is-system-running --wait >/dev/null; systemctl is-active user@1101.service',
		);
		expect([lingering, state === 'active']).toEqual([true, startsAtBoot]);
	},
	timeLimitMs,
);

test(
	'a home or linger folder in memory: no start at boot, with the reason, wherever it is shown',
	async () => {
		const machine = onMachine();
		await root(
			machine,
			'mount -t tmpfs -o mode=755 tmpfs /var/lib/systemd/linger; systemctl restart systemd-logind',
		);
		const reason =
			'/var/lib/systemd/linger is kept in memory (tmpfs): a reboot turns lingering off for alice.';
		const installed = await machine.run(['vira-setup', ...json], alice);
		expect(JSON.parse(installed.stdout)).toMatchObject({
			outcome: 'installed',
			startsAtBoot: false,
			warnings: [{code: 'gone-after-reboot', message: reason}],
		});
		expect((await machine.run(['vira-setup', 'status'], alice)).stdout).toContain(
			'Starts at boot  no: /var/lib/systemd/linger is kept in memory (tmpfs)',
		);
		expect((await machine.run(['vira-setup', 'doctor'], alice)).stdout).toContain(reason);
		await root(machine, `cp ${vira} /usr/local/bin; mount -t tmpfs -o uid=1000 tmpfs /home/alice`);
		const planned = await machine.run(['vira-setup', ...json, '--dry-run', '--port', '5006'], alice);
		expect(planned.stdout).toContain('/home/alice is kept in memory (tmpfs)');
	},
	timeLimitMs,
);

test(
	'an expired account is named within seconds, before and after lingering is on',
	async () => {
		const machine = onMachine();
		await root(machine, 'chage --expiredate 0 alice');
		const before = await pictureOf(machine);
		const message =
			'The systemd user manager of alice cannot start: PAM denies the account access. The account may have expired.';
		const first = await alone(machine, ...json);
		expect([first.exitCode, first.document]).toMatchObject([
			3,
			{error: {message: expect.stringContaining(message)}},
		]);
		expect([first.took < 10_000, await pictureOf(machine)]).toEqual([true, before]);
		await root(machine, 'loginctl enable-linger alice; sleep 1');
		const second = await alone(machine, ...json);
		expect([second.exitCode, second.document]).toMatchObject([
			3,
			{error: {message: expect.stringContaining(message)}},
		]);
		// The advice restores access.
		await root(machine, 'chage --expiredate -1 alice; systemctl restart user@1000.service');
		expect((await alone(machine, ...json)).exitCode).toBe(0);
		expect(await serviceProperty(machine, 'ActiveState')).toBe('active');
	},
	timeLimitMs,
);

test(
	'a logind that hangs is named within seconds, and nothing changes',
	async () => {
		const machine = onMachine();
		const signal = (name: string) => root(machine, `systemctl kill --signal=${name} systemd-logind.service`);
		const before = await pictureOf(machine);
		await signal('SIGSTOP');
		const stopped = await alone(machine, ...json);
		expect([stopped.exitCode, stopped.document]).toMatchObject([
			2,
			{error: {message: expect.stringContaining('systemd-logind does not respond')}},
		]);
		expect([stopped.took < 10_000, await pictureOf(machine)]).toEqual([true, before]);
		await signal('SIGCONT');
		expect([(await alone(machine, ...json)).exitCode, await lingers(machine)]).toEqual([0, true]);
	},
	timeLimitMs,
);

test(
	'a user manager that hangs is named within seconds by every command',
	async () => {
		const machine = onMachine();
		expect((await alone(machine, ...json)).exitCode).toBe(0);
		await root(machine, 'kill -STOP $(pgrep -u alice -x systemd)');
		const status = await alone(machine, 'status', '--json');
		expect([status.exitCode, status.document, status.took < 9000]).toMatchObject([
			1,
			{state: 'unknown'},
			true,
		]);
		const doctor = await alone(machine, 'doctor', '--json');
		expect(doctor.document['checks']).toContainEqual(
			expect.objectContaining({
				code: 'user-manager-silent',
				fixes: [expect.objectContaining({command: 'sudo systemctl restart user@1000.service'})],
			}),
		);
		expect([doctor.exitCode, doctor.took < 9000]).toEqual([1, true]);
	},
	timeLimitMs,
);
