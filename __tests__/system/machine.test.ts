import {EventEmitter, once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';

// The first machine creates its base image.
const imageTimeoutMs = 600_000;

let machine: Machine;

beforeAll(async () => {
	machine = await bootMachine();
}, imageTimeoutMs);

afterAll(async () => {
	await machine.destroy();
});

const oddWords = ['two words', `"it's"`, '$HOME', '', '--', '-x', 'back\\slash', 'line\nbreak', '*', 'é😀'];

describe('a login session of alice', () => {
	test('has her user manager', async () => {
		const session = await machine.run(['sh', '-c', 'echo "$XDG_RUNTIME_DIR"'], {as: 'alice'});
		const manager = await machine.run(['systemctl', '--user', 'is-system-running'], {as: 'alice'});
		expect(session.stdout).toBe('/run/user/1000\n');
		expect(manager).toEqual({exitCode: 0, stdout: 'running\n', stderr: ''});
	});

	test('receives words and variables unchanged', async () => {
		const {stdout} = await machine.run(['sh', '-c', 'printf "<%s>" "$ODD" "$@"', 'sh', ...oddWords], {
			as: 'alice',
			env: {ODD: `a "b" $c 'd'`},
		});
		expect(stdout).toBe([`a "b" $c 'd'`, ...oddWords].map((word) => `<${word}>`).join(''));
	});

	test('passes on input, output and the exit status', async () => {
		const outcome = await machine.run(['sh', '-c', 'cat; echo no >&2; exit 3'], {as: 'alice', input: 'fed'});
		expect(outcome).toEqual({exitCode: 3, stdout: 'fed', stderr: 'no\n'});
	});

	test('can be ended, with her user manager', async () => {
		const session = machine.terminal(['sleep', 'infinity']);
		const ended = new Promise((resolve) => session.onExit(resolve));
		await untilSessionOf('alice');
		await machine.endSessions();
		await ended;
		const {stdout} = await machine.run(['systemctl', 'is-active', 'user@1000.service']);
		expect(stdout).toBe('inactive\n');
	}, 60_000);
});

describe('without a session', () => {
	test('alice has a small environment, and words still arrive unchanged', async () => {
		const {stdout} = await machine.runWithoutSession(['env'], {env: {ODD: '$HOME "x"'}});
		expect(stdout.trimEnd().split('\n').sort()).toEqual([
			'HOME=/home/alice',
			'LOGNAME=alice',
			'ODD=$HOME "x"',
			'PATH=/usr/bin:/bin',
			'SHELL=/bin/bash',
			'USER=alice',
		]);
		const words = await machine.runWithoutSession(['printf', '<%s>', ...oddWords]);
		expect(words.stdout).toBe(oddWords.map((word) => `<${word}>`).join(''));
	});
});

describe('admin', () => {
	test('can become alice with sudo', async () => {
		const {stdout} = await machine.run(['sudo', '-n', '-u', 'alice', 'id', '-un'], {as: 'admin'});
		expect(stdout).toBe('alice\n');
	});
});

describe('the network', () => {
	test.each(['127.0.0.1', '::1'])('has %s inside', async (address) => {
		const talk = `
			const server = require('node:net').createServer((socket) => socket.end('hello'));
			server.listen(5005, '${address}', () => {
				const client = require('node:net').connect(5005, '${address}');
				client.pipe(process.stdout);
				client.on('close', () => server.close());
			});`;
		expect(await machine.run(['node', '-e', talk])).toEqual({exitCode: 0, stdout: 'hello', stderr: ''});
	});

	test('cannot reach listeners on the host', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const {port} = server.address() as AddressInfo;
		const knock = `require('node:net').connect(${port}, '127.0.0.1').on('error', ({code}) => console.log(code));`;
		const {stdout} = await machine.run(['node', '-e', knock]);
		server.close();
		expect(stdout).toBe('ECONNREFUSED\n');
	});
});

describe('files', () => {
	test('are written with mode and owner, read, and listed', async () => {
		const path = '/home/alice/notes/a b';
		await machine.writeFile(path, 'text', {mode: '600', owner: 'alice'});
		await machine.run(['ln', '-s', 'a b', '/home/alice/notes/link']);
		expect(await machine.readFile(path)).toBe('text');
		expect([await machine.exists(path), await machine.exists('/nowhere')]).toEqual([true, false]);
		const sha256 = '982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1';
		expect(await machine.snapshot(['/home/alice/notes', '/nowhere'])).toEqual({
			'/home/alice/notes': 'd 755 alice:alice',
			'/home/alice/notes/a b': `f 600 alice:alice ${sha256}`,
			'/home/alice/notes/link': 'l 777 root:root -> a b',
		});
	});

	test('include the stand-in for Vira, found on the PATH of a login', async () => {
		await installVira(machine);
		const {stdout} = await machine.run(['vira', '--version'], {as: 'alice'});
		expect(stdout).toMatch(/^\d/);
	});
});

describe('a terminal', () => {
	const program = `
		process.stdout.on('resize', () => console.log('resized', ...process.stdout.getWindowSize()));
		process.on('SIGINT', () => process.exit(3));
		setInterval(() => {}, 1000);
		console.log('started', ...process.stdout.getWindowSize());`;

	test('is resized and passes on Ctrl-C', async () => {
		const terminal = machine.terminal(['node', '-e', program], {cols: 100, rows: 30, env: {NO_COLOR: '1'}});
		const ended = new Promise((resolve) => terminal.onExit(resolve));
		const screen = screenOf(terminal);
		await screen.shows('started 100 30');
		terminal.resize(90, 20);
		await screen.shows('resized 90 20');
		terminal.write('\x03');
		expect(await ended).toEqual({exitCode: 3, signal: 0});
	});

	test('of a shell keeps the shell after Ctrl-C', async () => {
		const terminal = machine.terminal(['bash']);
		const ended = new Promise((resolve) => terminal.onExit(resolve));
		const screen = screenOf(terminal);
		await screen.shows('$ ');
		terminal.write(`sh -c 'stty size; exec sleep 1000'\n`);
		await screen.shows('24 80');
		terminal.write('\x03');
		await screen.shows('^C');
		await screen.shows('$ ');
		terminal.write('exit 4\n');
		expect(await ended).toEqual({exitCode: 4, signal: 0});
	});
});

describe('a reboot', () => {
	test('keeps files, and is a real one', async () => {
		await machine.writeFile('/home/alice/kept', 'kept', {owner: 'alice'});
		const before = await machine.readFile('/proc/sys/kernel/random/boot_id');
		await machine.reboot();
		expect(await machine.readFile('/proc/sys/kernel/random/boot_id')).not.toBe(before);
		expect(await machine.readFile('/home/alice/kept')).toBe('kept');
	});
});

describe('two machines', () => {
	test('share nothing', async () => {
		const other = await bootMachine();
		try {
			await other.writeFile('/root/only-there', '');
			expect(await machine.exists('/root/only-there')).toBe(false);
			await other.reboot();
			other.terminal(['sleep', 'infinity']);
		} finally {
			await other.destroy();
		}
		const {stdout} = await machine.run(['systemctl', 'is-system-running']);
		expect(stdout).toBe('running\n');
	});
});

/** Waits inside the machine, as what is awaited happens there. */
async function untilSessionOf(user: string): Promise<void> {
	const ask = `until loginctl list-sessions --no-legend | grep -q " ${user} "; do sleep 0.05; done`;
	await machine.run(['sh', '-c', ask], {timeoutMs: 10_000});
}

/** What a terminal shows, to wait for. */
function screenOf(terminal: ReturnType<Machine['terminal']>) {
	const shown = new EventEmitter();
	let unread = '';
	terminal.onData((text) => {
		unread += text;
		shown.emit('more');
	});
	return {
		/** Waits for a text after the one that was waited for before. */
		async shows(text: string): Promise<void> {
			while (!unread.includes(text)) await once(shown, 'more');
			unread = unread.slice(unread.indexOf(text) + text.length);
		},
	};
}
