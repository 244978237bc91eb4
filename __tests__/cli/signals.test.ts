import {spawn, execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {newFolder} from '../support/new-folder.ts';
import {ownEnvironment, programWords, starter} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

let pipe: string;
beforeAll(() => {
	pipe = join(newFolder(), 'pipe');
	execFileSync('mkfifo', [pipe]);
});

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof signals)[number];

/** Code that makes the process send itself a signal. */
const send = (signal: Signal): string => `process.kill(process.pid, '${signal}');`;

/** Code that runs once the named file is opened, while the program waits for its content. */
const onceOpen = (path: string, then: string): string => `
	import fs from 'node:fs';
	import {syncBuiltinESMExports} from 'node:module';
	const {openSync} = fs;
	fs.openSync = (path, ...rest) => {
		const fd = openSync(path, ...rest);
		if (path === ${JSON.stringify(path)}) setImmediate(() => { ${then} });
		return fd;
	};
	syncBuiltinESMExports();`;

/** Code that does something once output waits for a reader. */
const onceUnread = (stream: 'stdout' | 'stderr', signal: Signal): string => `
	const looking = setInterval(() => {
		if (process.${stream}.writableLength === 0 || process.listenerCount('${signal}') === 0) return;
		clearInterval(looking);
		${send(signal)}
	}, 20);`;

interface Ended {
	/** As a shell reports it: 128 plus the number of the signal. */
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
}

const numbers: Partial<Record<NodeJS.Signals, number>> = {SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15};

/** Runs the built program after that code; its output is not read until it has exited. */
const run = (
	words: readonly string[],
	preload: string,
	unread: readonly ('stdout' | 'stderr')[] = [],
): Promise<Ended> =>
	new Promise((resolve) => {
		const before = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
		const child = spawn(starter, [...before, ...programWords(words)], {
			env: ownEnvironment(),
			timeout: 15_000,
			killSignal: 'SIGKILL',
		});
		const written = {stdout: '', stderr: ''};
		for (const stream of ['stdout', 'stderr'] as const)
			if (!unread.includes(stream))
				child[stream].on('data', (piece: Buffer) => (written[stream] += String(piece)));
		child.once('exit', (code, signal) => {
			const status = code ?? 128 + (numbers[signal ?? 'SIGKILL'] ?? 0);
			for (const stream of unread) child[stream].destroy();
			child.once('close', () => resolve({status, ...written}));
		});
	});

const onPipe = (): readonly string[] => ['--simulate', 'linux', '--non-interactive', '--config', pipe];

describe.each(signals)('%s ends it immediately, with exit status 130', (signal) => {
	test('before more than its entry file is loaded', async () => {
		const preload = `
			process.on('newListener', function once(name) {
				if (name !== '${signal}') return;
				process.off('newListener', once);
				process.nextTick(() => { ${send(signal)} });
			});`;
		const {status, stdout} = await run([...onPipe(), '--json'], preload);
		expect([status, validDocument(stdout)]).toMatchObject([130, {outcome: 'cancelled', changed: false}]);
	});

	test('while it waits for a writer to a pipe', async () => {
		expect(await run(onPipe(), onceOpen(pipe, send(signal)))).toEqual({
			status: 130,
			stdout: '',
			stderr: 'Cancelled. Nothing was changed.\n',
		});
	});

	test('while every file thread is blocked, as by a failed disk', async () => {
		const blocked = `for (let count = 0; count < 4; count += 1) fs.open(${JSON.stringify(pipe)}, 'r', () => undefined);`;
		const words = [...onPipe(), '--json'];
		const {status, stdout} = await run(words, onceOpen(pipe, `${blocked} ${send(signal)}`));
		expect([status, validDocument(stdout)]).toMatchObject([130, {outcome: 'cancelled', changed: false}]);
	});

	test('while its output is not read', async () => {
		const many = Array.from({length: 3000}, (_, index) => [
			'--repository',
			`r${index}=https://x/${index}`,
		]).flat();
		const words = ['--simulate', 'linux', '--json', '--dry-run', ...many];
		expect((await run(words, onceUnread('stdout', signal), ['stdout'])).status).toBe(130);
	});
});

test('without waiting for a reader of standard error', async () => {
	const preload = `process.stderr.write('x'.repeat(2 ** 21)); ${onceUnread('stderr', 'SIGTERM')}`;
	const words = ['--simulate', 'linux', 'export'];
	expect((await run(words, preload, ['stderr'])).status).toBe(130);
});
