import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {childEnvironment} from '../../../src/platform/real/account.ts';
import {runAttachedWith, runWith} from '../../../src/platform/real/run-command.ts';
import type {Command, RunResult} from '../../../src/platform/system.ts';
import {marked} from '../../support/after-test.ts';
import {newFolder} from '../../support/new-folder.ts';
import {testWith} from '../../support/where-installed.ts';

const alice = {name: 'alice', uid: 1000, home: '/home/alice', sudoFrom: undefined};
const environment = () => ({...process.env, ...marked()});
const run = (...given: Parameters<ReturnType<typeof runWith>>) => runWith(environment())(...given);

/** Its duration, in seconds, and its result. */
const timed = async <T>(work: () => Promise<T>): Promise<readonly [number, T]> => {
	const began = performance.now();
	const result = await work();
	return [(performance.now() - began) / 1000, result];
};

const leaving: Command = ['sh', '-c', 'echo said; (setsid sleep 30 &)'];

testWith('setsid')(
	'a child process that a command leaves in another session is not waited for, and is left alone',
	async () => {
		const alive = ['sh', '-c', 'setsid sleep 30 & echo $!'] as const;
		const [seconds, result] = await timed(() => run(alive, {timeoutMs: 5000}));
		expect(seconds).toBeLessThan(3);
		expect(result).toMatchObject({exitCode: 0, timedOut: false});
		expect(process.kill(Number(result.stdout), 0)).toBe(true);
	},
);

test.each<readonly [string, () => Promise<RunResult>]>([
	['whose lines are followed', () => run(leaving, {timeoutMs: Infinity, onLine: () => undefined})],
	['whose output is passed on', () => run(leaving, {timeoutMs: Infinity, onOutput: () => undefined})],
	['at our own terminal', () => runAttachedWith(environment())(leaving)],
])('nor is one of a command %s', async (_, start) => {
	const [seconds, result] = await timed(start);
	expect(seconds).toBeLessThan(3);
	expect(result).toMatchObject({exitCode: 0, timedOut: false});
});

test('a remaining child process that keeps printing is not waited for', async () => {
	const chatty = ['sh', '-c', 'setsid sh -c "while sleep 0.02; do echo more; done" &'] as const;
	const [seconds] = await timed(() => run(chatty, {timeoutMs: Infinity, onOutput: () => undefined}));
	expect(seconds).toBeLessThan(3);
});

test('the time limit applies even if a child process in another session holds the output open', async () => {
	const [seconds, result] = await timed(() =>
		run(['sh', '-c', 'setsid sleep 30 & sleep 30'], {timeoutMs: 300}),
	);
	expect(seconds).toBeLessThan(3);
	expect(result).toMatchObject({exitCode: undefined, timedOut: true});
});

test('after its time limit, a command at our own terminal is left alone and not waited for', async () => {
	const [seconds, result] = await timed(() => runAttachedWith(environment(), 300)(['sleep', '30']));
	expect(seconds).toBeLessThan(3);
	expect(result).toMatchObject({exitCode: undefined, timedOut: true});
});

test('a slow reader gets all the output, even long after the command has exited', async () => {
	const taken: number[] = [];
	await run(['sh', '-c', 'head -c 200000 /dev/zero'], {
		onOutput: async (bytes) => {
			await new Promise((resolve) => setTimeout(resolve, 150));
			taken.push(bytes.length);
		},
	});
	expect(taken.reduce((sum, one) => sum + one, 0)).toBe(200_000);
});

test('a reader that never reads does not keep a command from ending with its signal', async () => {
	const ending = new AbortController();
	const [seconds] = await timed(() =>
		run(['sh', '-c', 'echo begun; sleep 30'], {
			timeoutMs: Infinity,
			signal: ending.signal,
			onOutput: () => {
				ending.abort();
				return new Promise(() => undefined);
			},
		}),
	);
	expect(seconds).toBeLessThan(3);
});

test.each([
	['standard output', 'yes | head -c 50000000'],
	['standard error', 'yes | head -c 50000000 >&2'],
	['endless standard output', 'yes'],
])(
	'exceeding the limit on %s ends the command, and nothing of its output counts as an answer',
	async (_, script) => {
		const [seconds, result] = await timed(() => run(['sh', '-c', script], {timeoutMs: 60_000}));
		expect(seconds).toBeLessThan(5);
		expect(result).toEqual({
			exitCode: undefined,
			stdout: '',
			stderr: '',
			timedOut: false,
			found: true,
			overflow: 4 * 2 ** 20,
		});
	},
);

test('output up to the limit is kept completely, byte by byte', async () => {
	const result = await run(['sh', '-c', "head -c 4000 /dev/zero | tr '\\0' x; printf 'é\\n'"], {
		mostBytes: 4003,
	});
	expect(result.stdout).toBe(`${'x'.repeat(4000)}é`);
	expect(await run(['sh', '-c', 'head -c 4001 /dev/zero'], {mostBytes: 4000})).toMatchObject({
		overflow: 4000,
	});
});

test('for a command whose lines are followed, only the last lines are kept', async () => {
	let count = 0;
	const script = 'yes 0123456789 | head -n 400000 >&2; printf last >&2';
	const result = await run(['sh', '-c', script], {timeoutMs: 60_000, onLine: () => void (count += 1)});
	expect([result.exitCode, count]).toEqual([0, 400_001]);
	expect(result.stderr.startsWith('0123456789\n')).toBe(true);
	expect(result.stderr.endsWith('0123456789\nlast')).toBe(true);
	expect(result.stderr.length).toBeLessThan(3 * 2 ** 20);
});

test('an exception in the reader of the output is thrown on, and ends the command', async () => {
	const failing = (): never => {
		throw new Error('full');
	};
	const [seconds] = await timed(() =>
		expect(run(['sh', '-c', 'echo x; sleep 8'], {onOutput: failing})).rejects.toThrow('full'),
	);
	expect(seconds).toBeLessThan(3);
});

test('a program that cannot be started is distinguished from one that does not exist, with the reason', async () => {
	const folder = newFolder();
	const closed = join(folder, 'closed');
	writeFileSync(closed, '#!/bin/sh\n', {mode: 0o644});
	const reasonOf = async (...command: Command) => {
		const {found, notStarted, exitCode} = await run(command);
		return [found, exitCode, notStarted];
	};
	expect(await reasonOf(closed)).toEqual([true, undefined, 'permission denied']);
	expect(await reasonOf('true', 'x'.repeat(3 * 2 ** 20))).toEqual([
		true,
		undefined,
		'argument list too long',
	]);
	expect(await reasonOf(join(folder, 'none'))).toEqual([false, undefined, undefined]);
	expect(await reasonOf('false')).toEqual([true, 1, undefined]);
});

const meddling = {
	SYSTEMD_OFFLINE: '1',
	SYSTEMD_IGNORE_CHROOT: '1',
	SYSTEMD_IN_CHROOT: '1',
	SYSTEMD_LOG_LEVEL: 'debug',
	SYSTEMCTL_FORCE_BUS: '1',
	SYSTEMD_UNIT_PATH: '/tmp',
	LD_PRELOAD: '/tmp/x.so',
	LD_LIBRARY_PATH: '/tmp',
	LD_AUDIT: '/tmp/x.so',
	DYLD_INSERT_LIBRARIES: '/tmp/x.dylib',
	GLIBC_TUNABLES: 'glibc.malloc.check=3',
	GCONV_PATH: '/tmp',
	DBUS_SESSION_BUS_ADDRESS: 'unix:stale',
	DBUS_SYSTEM_BUS_ADDRESS: 'unix:stale',
	NOTIFY_SOCKET: '/run/x',
	JOURNAL_STREAM: '1:2',
	BASH_ENV: '/tmp/evil',
	ENV: '/tmp/evil',
	'BASH_FUNC_systemctl%%': '() { :; }',
	POSIXLY_CORRECT: '1',
	COLUMNS: '20',
	LANGUAGE: 'de',
};

test("no variable that changes the behavior or output of the system's tools reaches a command", () => {
	const kept = childEnvironment({...meddling, PATH: '/usr/bin'}, alice);
	expect(Object.keys(kept).filter((name) => name in meddling)).toEqual([]);
	expect(kept).toMatchObject({SYSTEMD_COLORS: '0', SYSTEMD_PAGER: '', LC_ALL: 'C', PATH: expect.any(String)});
});

test('the variables of Nix, SSH and a proxy reach a command unchanged', () => {
	const needed = {
		NIX_SSL_CERT_FILE: '/etc/ssl/x.pem',
		NIX_CONFIG: 'experimental-features = nix-command flakes',
		NIX_PATH: 'nixpkgs=/x',
		NIX_REMOTE: 'daemon',
		SSH_AUTH_SOCK: '/run/agent',
		https_proxy: 'http://proxy:3128',
		XDG_CONFIG_HOME: '/home/alice/c',
		TZ: 'Europe/Berlin',
	};
	expect(childEnvironment(needed, alice)).toMatchObject(needed);
});
