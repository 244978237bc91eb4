import {execFile, execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {keys} from '../../scripts/terminal/screen.ts';
import {newFolder} from '../support/new-folder.ts';
import {ownEnvironment, program, starter} from '../support/run-program.ts';
import {openProgram} from '../support/terminal.ts';
import {validDocument} from '../support/valid-document.ts';

let folder: string;
const onMachine = (...words: readonly string[]): readonly string[] => [
	...words,
	'--simulate',
	'linux',
	'--simulation-folder',
	folder,
];

interface Ended {
	readonly code?: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the built program to its end, without a terminal. */
const runProgram = async (...words: readonly string[]) => {
	const running = promisify(execFile)(starter, [program, ...onMachine(...words)], {
		env: ownEnvironment(),
	});
	const {
		code = 0,
		stdout,
		stderr,
	} = await (running as Promise<Ended>).catch((error: unknown) => error as Ended);
	return {status: code, stdout, stderr};
};

beforeAll(() => {
	folder = join(newFolder(), 'machine');
	execFileSync(starter, [program, ...onMachine('--non-interactive')], {
		env: ownEnvironment(),
		stdio: 'ignore',
	});
});

test('start, stop, restart, status and logs: the result on standard output, progress on standard error', async () => {
	expect(await runProgram('stop')).toMatchObject({
		status: 0,
		stdout: expect.stringMatching(/^✔ Vira stopped\.\n/u),
		stderr: '✔ Stop Vira\n',
	});
	expect(await runProgram('status')).toMatchObject({
		status: 1,
		stdout: expect.stringMatching(/^✖ Vira is not running\.\n/u),
		stderr: '',
	});
	expect(await runProgram('start')).toMatchObject({
		status: 0,
		stdout: expect.stringMatching(/^✔ Vira started \(PID \d+\)\.\n/u),
		stderr: expect.stringContaining('✔ Vira is running (PID'),
	});
	expect(await runProgram('restart')).toMatchObject({status: 0});
	expect(await runProgram('logs', '-n', '1')).toMatchObject({
		status: 0,
		stdout: expect.stringMatching(/^Mar 02 [^\n]* vira\[\d+\]: Using existing TLS certificates from .*\n$/u),
		stderr: '',
	});
	expect((await runProgram('status')).status).toBe(0);
});

test.each([['status'], ['start'], ['restart'], ['logs']])('%s --json prints one document', async (verb) => {
	const {status, stdout} = await runProgram(verb, '--json');
	expect([status, validDocument(stdout)]).toMatchObject([0, {simulation: true}]);
});

test.each([
	[['status', '-f', '--json'], 2, 'usage'],
	[['restart', '--port', '1', '--json'], 2, 'usage'],
	[['logs', '--dry-run', '--json'], 2, 'usage'],
] as const)('%j: a flag without effect is refused', async (words, status, code) => {
	const run = await runProgram(...words);
	expect([run.status, validDocument(run.stdout)]).toMatchObject([status, {outcome: 'failed', error: {code}}]);
});

describe('in a terminal', () => {
	test.each([
		[80, 24, '✔ Healthy         https://localhost:5005/ responds with status 200'],
		[40, 30, '✔ Healthy\n    https://localhost:5005/ responds\n    with status 200'],
	])('status fits %i columns', async (cols, rows, healthy) => {
		const screen = openProgram(onMachine('status'), {cols, rows});
		await screen.shows('ended with 0');
		expect(screen.dividedRows).toEqual([]);
		expect(screen.text).toContain('✔ Vira is running and healthy.');
		expect(screen.text).toContain(healthy);
	});

	test('a mark is green, and has no color with NO_COLOR', async () => {
		const colourOf = async (env: Record<string, string>): Promise<boolean | undefined> => {
			const screen = openProgram(onMachine('status'), {env});
			await screen.shows('ended with 0');
			return screen.cells.getLine(0)?.getCell(0)?.isFgDefault();
		};
		expect(await colourOf({})).toBe(false);
		expect(await colourOf({NO_COLOR: '1'})).toBe(true);
	});

	test('logs -f continues until Ctrl-C, and exits with 130', async () => {
		const screen = openProgram(onMachine('logs', '-f', '-n', '2'));
		await screen.shows('Launching at');
		screen.press(keys.ctrlC);
		await screen.shows('ended with 130');
		expect(screen.text).not.toContain('Cancelled');
		await screen.shows(/\bicanon\b.*\becho\b|\becho\b.*\bicanon\b/u);
	});

	test('start shows what it does, with its marks', async () => {
		await runProgram('stop');
		const screen = openProgram(onMachine('start'));
		await screen.shows('ended with 0');
		expect(screen.text).toContain('✔ Start Vira\n✔ Vira is running (PID');
		expect(screen.cells.getLine(0)?.getCell(0)?.isFgDefault()).toBe(false);
	});
});

/** For a pipeline of programs: none of them outlives its test. */
const limits = () => ({timeout: 20_000, env: ownEnvironment()});

test('a reader that stops early ends logs, however long the log is', async () => {
	const script = '"$0" "$@" | head -1; echo "ended with ${PIPESTATUS[0]}"';
	const words = ['-c', script, starter, program, ...onMachine('logs', '-n', '100000')];
	const {stdout} = await promisify(execFile)('bash', words, limits());
	expect(stdout).toMatch(/^Mar 02 [^\n]*\nended with 0\n$/u);
});

test.each(['linux', 'macos'])(
	'%s: logs -f ends with its reader, even without new lines',
	async (platform) => {
		const machine = ['--simulate', platform, '--simulation-folder', join(newFolder(), 'machine')];
		execFileSync(starter, [program, ...machine, '--non-interactive'], {
			env: ownEnvironment(),
			stdio: 'ignore',
		});
		const script = '"$0" "$@" | head -1 >/dev/null; echo "ended with ${PIPESTATUS[0]}"';
		const words = ['-c', script, starter, program, 'logs', '-f', '-n', '1', ...machine];
		const {stdout} = await promisify(execFile)('bash', words, limits());
		expect(stdout).toBe('ended with 0\n');
	},
);

test('a killed logs -f leaves no process with its pipe', async () => {
	const script =
		'mkfifo "$1"; fifo=$1; shift; "$0" "$@" >"$fifo" & { read -r; kill -KILL $!; cat; echo end; } <"$fifo"';
	const words = ['-c', script, process.execPath, join(newFolder(), 'fifo')];
	const followed = [program, ...onMachine('logs', '-f', '-n', '1')];
	const {stdout} = await promisify(execFile)('bash', [...words, ...followed], limits());
	expect(stdout).toBe('end\n');
});

test('the documentation lists each command with its flags', () => {
	const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
	const [, logs = ''] = /## vira-setup logs\n([^]*?)\n## /u.exec(page) ?? [];
	expect(logs).toMatch(/^  -f, --follow /mu);
	expect(logs).toMatch(/^  -n, --lines <NUMBER> /mu);
	expect(logs).toMatch(/^ +--since <TIME> /mu);
	expect(logs).not.toContain('--wait');
});
