import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {beforeEach, describe, expect, test} from '@jest/globals';
import {newFolder} from '../support/new-folder.ts';
import {ownEnvironment, program, starter} from '../support/run-program.ts';
import {ended, openProgram} from '../support/terminal.ts';
import {validDocument} from '../support/valid-document.ts';

let folder: string;

beforeEach(() => {
	folder = join(newFolder(), 'machine');
});

interface Ended {
	readonly code?: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the built program on the simulated machine of this test, with pipes for its output. */
const run = async (typed: string) => {
	const words = [...typed.split(' '), '--simulate', 'linux', '--simulation-folder', folder];
	const running = promisify(execFile)(starter, [program, ...words], {env: ownEnvironment()});
	const {
		code = 0,
		stdout,
		stderr,
	} = await (running as Promise<Ended>).catch((error: unknown) => error as Ended);
	return {status: code, stdout, stderr};
};

const silent = (status: number) => ({status, stdout: '', stderr: ''});

test('every change that succeeds is silent with --quiet', async () => {
	for (const typed of [
		'-yq',
		'--non-interactive --quiet --port 5006',
		'-yq --port 5006',
		'stop -q',
		'stop -q',
		'start -q',
		'restart -q',
		'rollback -yq',
		'uninstall -yq',
		'uninstall -yq',
	])
		expect([typed, await run(typed)]).toEqual([typed, silent(0)]);
});

test('with --quiet, --check answers by its exit status alone', async () => {
	expect(await run('--check -q')).toEqual(silent(10));
	await run('-yq');
	expect(await run('--check -q')).toEqual(silent(0));
	expect(await run('uninstall --check -q')).toEqual(silent(10));
});

describe('what was asked for is printed with --quiet', () => {
	test.each([
		['status', 0, /^✔ Vira is running/u],
		['doctor', 0, /✔/u],
		['export', 0, /services\.vira/u],
		['--print-command', 0, /^vira-setup --non-interactive/u],
		['-y --dry-run', 0, /^planned\n/u],
		['uninstall -y --dry-run', 0, /^planned\n/u],
	])('%s', async (typed, status, said) => {
		await run('-yq');
		const plain = await run(typed);
		const quiet = await run(`${typed} -q`);
		expect(quiet).toEqual({...plain, stderr: ''});
		expect(quiet).toMatchObject({status, stdout: expect.stringMatching(said)});
	});

	test('the document of --json, without progress', async () => {
		const {stdout, stderr} = await run('--json -q');
		expect([validDocument(stdout).outcome, stderr]).toEqual(['installed', '']);
		const stopped = await run('stop --json -q');
		expect([validDocument(stopped.stdout).outcome, stopped.stderr]).toEqual(['stopped', '']);
	});
});

test('an error is printed with --quiet as without it', async () => {
	for (const typed of ['-y --port 0', '-y --package /nowhere/vira', 'start', 'rollback -y']) {
		const plain = await run(typed);
		expect(plain.stderr).toMatch(/^vira-setup: /u);
		expect([typed, await run(`${typed} -q`)]).toEqual([typed, plain]);
	}
});

test('at a terminal, --quiet and --yes neither ask nor print', async () => {
	const screen = openProgram(['-yq', '--simulate']);
	expect(await ended(screen)).toBe('0');
	expect(screen.history.replaceAll(/\s+/gu, ' ').trim()).toMatch(/^ended with 0 /u);
});

test('at a terminal, --yes says each thing once, and no word for scripts', async () => {
	const screen = openProgram(['-y', '--simulate']);
	expect(await ended(screen)).toBe('0');
	const lines = screen.history.split('\n').map((line) => line.trim());
	expect(lines).toContain('✔ On the simulated machine: Vira is set up.');
	expect(lines.filter((line) => /starts at boot/iu.test(line))).toEqual(['✔ Starts at boot: yes']);
	expect(lines).not.toContain('installed');
});
