import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {describe, expect, test} from '@jest/globals';
import {keys} from '../../scripts/terminal/screen.ts';
import {ownEnvironment, program, starter} from '../support/run-program.ts';
import {ended, openProgram} from '../support/terminal.ts';
import {validDocument} from '../support/valid-document.ts';

/** Runs the built program on a simulated machine, with pipes for its output. */
const run = (...words: readonly string[]) =>
	promisify(execFile)(starter, [program, '--simulate', ...words], {env: ownEnvironment()});

test('with --verbose, each command and each changed file is on standard error, before its step', async () => {
	const {stdout, stderr} = await run('-yv');
	const plain = await run('-y');
	expect(stdout).toBe(plain.stdout);
	expect(stderr).toContain('  runs: systemctl --user enable vira.service\n✔ Turn on automatic start\n');
	expect(stderr).toMatch(
		/^  writes: \/home\/alice\/\.config\/systemd\/user\/vira\.service \(mode 0600, \d+ bytes\)$/mu,
	);
	expect(stderr).toContain('  runs: loginctl show-user alice --property=Linger --value\n');
	expect(stderr.replaceAll(/^  .*\n/gmu, '')).toBe(plain.stderr);
});

test('with --json, standard output has only the document', async () => {
	const {stdout, stderr} = await run('--json', '--verbose');
	expect(validDocument(stdout).outcome).toBe('installed');
	expect(stderr).toContain('  runs: systemctl --user start vira.service\n');
});

test('a command that changes nothing shows how it found out', async () => {
	const {stdout, stderr} = await run('linux', 'export', '-v');
	expect(stdout).toContain('services.vira');
	expect(stderr).toMatch(/^  runs: /mu);
});

test('no secret is shown', async () => {
	const url = 'git+https://me:zq8value@example.org/vira';
	const secrets = ['--environment', 'API_TOKEN=zq8value', '--repository', 'a=https://me:zq8value@h/a'];
	const built = await run('-v', '-y', '--package', url, ...secrets).catch((error: unknown) => error as Ended);
	const installed = await run('-v', '-y', ...secrets);
	expect(built.stderr).toMatch(/^  runs: .*nix .*me:••••••@example\.org/mu);
	expect(installed.stderr).toContain('  writes: ');
	for (const {stdout, stderr} of [built, installed]) expect(stdout + stderr).not.toContain('zq8value');
});

interface Ended {
	readonly stdout: string;
	readonly stderr: string;
}

describe('at a terminal', () => {
	test.each(['--verbose', '--ignore-saved'])('the full-screen wizard refuses %s', async (flag) => {
		const screen = openProgram([flag, '--simulate'], {cols: 120});
		expect(await ended(screen)).toBe('2');
		expect(screen.history).toContain(
			`vira-setup: ${flag} is not valid in the full-screen wizard. Add --plain, or --yes to skip the questions.`,
		);
		expect(screen.history).not.toContain('runs:');
	});

	test.each([
		[['--plain'], {}],
		[[], {TERM: 'dumb'}],
	])('line by line, %j %j, it is shown among the lines', async (words, env) => {
		const screen = openProgram(['-v', '--simulate', ...words], {env, rows: 100, cols: 120});
		await screen.shows(/\? .*\(1\)/u);
		expect(screen.history).toContain('  runs: loginctl show-user alice --property=Linger --value');
		screen.press(keys.ctrlC);
		expect(await ended(screen)).toBe('130');
	});
});

test('--quiet and --verbose are refused together', async () => {
	await expect(run('-yqv')).rejects.toMatchObject({
		code: 2,
		stderr: expect.stringMatching(/^vira-setup: --quiet and --verbose cannot be used together\.\n/u),
	});
});
