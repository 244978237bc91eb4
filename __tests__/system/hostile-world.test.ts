import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {pageSoonAt, serviceProperty, timeLimitMs, vira} from '../support/alice.ts';

const as = {as: 'alice'} as const;
const install = ['vira-setup', '--non-interactive'];
const url = 'https://localhost:5005/';

let machine: Machine;

beforeAll(async () => {
	machine = await bootMachine();
	await installVira(machine, vira);
}, 600_000);

afterAll(async () => machine.destroy());

/** Its duration in seconds, and its result. */
const timed = async <T>(work: () => Promise<T>): Promise<readonly [number, T]> => {
	const began = performance.now();
	const result = await work();
	return [(performance.now() - began) / 1000, result];
};

test(
	"variables that change the system's tools do not reach them: the installation works, and Vira runs",
	async () => {
		const env = {
			SYSTEMD_OFFLINE: '1',
			SYSTEMD_IN_CHROOT: '1',
			SYSTEMCTL_INSTALL_CLIENT_SIDE: '1',
			SYSTEMD_LOG_LEVEL: 'debug',
			LD_LIBRARY_PATH: '/nonexistent',
			DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent',
			POSIXLY_CORRECT: '1',
		};
		const {exitCode, stderr} = await machine.run(install, {...as, env});
		expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
		expect(await serviceProperty(machine, 'ActiveState')).toBe('active');
		expect(await pageSoonAt(machine, url)).toBe('200');
		expect((await machine.run(['vira-setup', 'status'], {...as, env})).exitCode).toBe(0);
	},
	timeLimitMs,
);

test(
	'after "su alice" from a root shell, whose folder is on PATH and closed to her, everything works',
	async () => {
		await machine.run(['mkdir', '-p', '-m', '700', '/root/bin']);
		const su = (words: string) =>
			machine.run(['sh', '-c', `cd /root; PATH=/root/bin:$PATH su alice -c '${words}'`]);
		expect((await su('echo $PATH')).stdout).toContain('/root/bin:');
		for (const words of ['status', 'doctor', 'restart', '--non-interactive', 'logs -n 3'])
			// Without Nix, doctor finds a problem.
			expect([words, (await su(`vira-setup ${words}`)).exitCode]).toEqual([
				words,
				words === 'doctor' ? 1 : 0,
			]);
	},
	timeLimitMs,
);

test(
	'a Vira that leaves a child process with its output open is not waited for, nor is one that prints endlessly',
	async () => {
		const put = (name: string, script: string) =>
			machine.writeFile(`/home/alice/${name}`, `#!/bin/sh\n${script}\n`, {mode: '755', owner: 'alice'});
		// systemd gives this variable to the service alone, which would wait for the child when it stops.
		await put('leaving', `[ "$INVOCATION_ID" ] || (setsid sleep 100 &)\nexec ${vira} "$@"`);
		const [seconds, {exitCode}] = await timed(() =>
			machine.run([...install, '--package', '/home/alice/leaving'], as),
		);
		expect([exitCode, seconds < 30]).toEqual([0, true]);
		await put('digits', 'yes 11111111 | tr -d "\\n"');
		const dry = [...install, '--package', '/home/alice/digits', '--dry-run'];
		const [whole, refused] = await timed(() => machine.run(dry, as));
		expect([refused.exitCode, whole < 10]).toEqual([2, true]);
	},
	timeLimitMs,
);

test(
	'a systemctl that prints endlessly, or cannot be started, is named, without advice to restart her manager',
	async () => {
		const fake = '/usr/local/bin/systemctl';
		for (const [script, mode, why] of [['exec yes', '755', 'It printed more than 4 MiB']] as const) {
			await machine.writeFile(fake, `#!/bin/sh\n${script}\n`, {mode});
			const [seconds, {exitCode, stderr}] = await timed(() => machine.run(install, as));
			expect(seconds).toBeLessThan(15);
			expect(exitCode).not.toBe(0);
			expect(stderr).toContain(`Cannot run systemctl. ${why}`);
			expect(stderr).not.toContain('restart user@');
		}
		await machine.run(['rm', fake]);
		await machine.run(['chmod', '644', '/usr/bin/systemctl']);
		const denied = await machine.run(install, as);
		await machine.run(['chmod', '755', '/usr/bin/systemctl']);
		expect(denied.exitCode).toBe(3);
		expect(denied.stderr).toContain('Cannot run systemctl. It could not be started: permission denied.');
		expect(denied.stderr).not.toContain('restart user@');
	},
	timeLimitMs,
);

/** One that no process of its account can inspect (prctl(2), PR_SET_DUMPABLE; asm/unistd_64.h), with a title or without. */
const closed = 'syscall(157, 4, 0, 0, 0, 0) == 0 or die; $0 = $ENV{TITLE} if $ENV{TITLE}; sleep 60';

test(
	'a process that cannot be inspected is the other run if its title says so, not if its command line only contains our name',
	async () => {
		const sleeping = async (env: Readonly<Record<string, string>>) => {
			const running = machine.run(['perl', '-e', closed, 'vira-setup'], {...as, env});
			while ((await machine.run(['pgrep', '-u', 'alice', '-f', '^(perl|vira-setup$)'])).exitCode !== 0);
			const {exitCode} = await machine.run(['vira-setup', 'restart'], as);
			await machine.run(['pkill', '-u', 'alice', '-f', '^(perl|vira-setup$)']);
			await running;
			return exitCode;
		};
		expect([await sleeping({}), await sleeping({TITLE: 'vira-setup'})]).toEqual([0, 3]);
	},
	timeLimitMs,
);

/** Has the name of alice's lock, and sends one byte at a time to every process that connects. */
const squat = `
	require('node:net')
		.createServer((socket) => {
			socket.on('error', () => 0);
			setInterval(() => socket.write('1'), 200).unref();
		})
		.listen('\\0vira-setup-1000', () => console.log('held'));
`;

test(
	'another account that takes the name of the lock blocks no one, and two simultaneous runs still exclude each other',
	async () => {
		const squatting = machine.run(['timeout', '60', 'node', '-e', squat], {as: 'admin'});
		const hasName = async () => (await machine.readFile('/proc/net/unix')).includes('@vira-setup-1000');
		while (!(await hasName())) await machine.run(['sleep', '0.2']);
		const [seconds, both] = await timed(() =>
			Promise.all([
				machine.run([...install, '--port', '5006'], as),
				machine.run(['sh', '-c', 'sleep 1; exec vira-setup --non-interactive --port 5007'], as),
			]),
		);
		expect(both.map(({exitCode}) => exitCode)).toEqual([0, 3]);
		expect(both[1].stderr).toMatch(/Another vira-setup is running here \(PID \d+\)/u);
		expect(seconds).toBeLessThan(40);
		const ended = ['timeout', '--signal=TERM', '0.4', ...install, '--port', '5008'];
		const [whole, {exitCode}] = await timed(() => machine.run(ended, as));
		expect([exitCode, whole < 5]).toEqual([124, true]);
		expect(await pageSoonAt(machine, 'https://localhost:5006/')).toBe('200');
		await machine.run(['pkill', '-u', 'admin', 'node']);
		await squatting;
	},
	timeLimitMs,
);
