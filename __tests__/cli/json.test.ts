import {spawn} from 'node:child_process';
import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {newFolder} from '../support/new-folder.ts';
import {onLinux, ownEnvironment, program, runProgram, type Start, starter} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

/** Runs the built program with --json: its exit status, and the one document on its standard output. */
const runJson = async (words: readonly string[], start?: Start) => {
	const ended = await runProgram(['--json', ...words], start);
	return {...ended, document: validDocument(ended.stdout)};
};

const viraThat = (behaviour: 'exits-at-once' | 'never-answers'): Partial<MachineState> => ({
	vira: {path: '/home/alice/.nix-profile/bin/vira', version: '0.1.0.0', schema: 8, behaviour},
});

const usage = [
	['an unknown flag', ['--prot', '1']],
	['a flag without its value', ['--config']],
	['an unknown command', ['instal']],
	['an unexpected argument', ['install', 'now']],
	['a wrong value', ['--port', '0']],
	['a wrong number of seconds', ['--wait', 'x']],
	['a flag of another command', ['--format', 'json']],
	['a command that prints something else', ['export']],
	['a script for a shell', ['completion', 'bash']],
	['a file that does not exist', ['--config', '/nowhere']],
	['conflicting values', ['--tls-cert', '/c.pem']],
] as const;

test.each([
	['an unknown simulated machine', ['--simulate', 'windows']],
	// An undetected error must not reach the machine that the tests run on.
	...usage.map(([title, words]) => [title, ['--simulate', 'linux', ...words]] as const),
])('%s: exit 2', async (_, words) => {
	const {status, document, stderr} = await runJson(words);
	expect([status, document]).toEqual([2, expect.objectContaining({outcome: 'failed', changed: false})]);
	expect(document).toMatchObject({error: {code: 'usage'}});
	expect(stderr).toBe('');
});

test('several wrong values are reported one by one, each with its setting', async () => {
	const {document} = await runJson(['--simulate', '--port', '0', '--repository', 'x'], {
		env: {VIRA_SETUP_HTTPS: 'perhaps'},
	});
	expect(document).toMatchObject({
		error: {
			problems: [
				{setting: 'port', item: null},
				{setting: 'initialState.repositories', item: null},
				{setting: 'https', item: null},
			],
		},
	});
});

test.each([
	['invalid JSON from --config', '{'],
	['a wrong value from --config', '{"port": 0}'],
	['an unknown name from --config', '{"prot": 1}'],
])('%s: exit 2', async (_, input) => {
	const {status, document} = await runJson(['--simulate', '--config', '-'], {input});
	expect([status, document]).toMatchObject([2, {outcome: 'failed', error: {code: 'usage'}}]);
});

test.each<[string, Partial<MachineState>, readonly string[], number, object]>([
	['a new installation', {}, [], 0, {outcome: 'installed', changed: true, healthy: true, simulation: true}],
	['--dry-run', {}, ['--dry-run'], 0, {outcome: 'planned', changed: true}],
	['--check', {}, ['--check'], 10, {outcome: 'planned', changed: true}],
	['a machine without systemd', {booted: false}, [], 3, {outcome: 'failed', error: {code: 'unsuitable'}}],
	[
		'no Vira and no Nix',
		{vira: undefined, nix: undefined},
		[],
		3,
		{outcome: 'failed', error: {code: 'unsuitable'}},
	],
	['insufficient privileges', {lingerRefused: true}, [], 4, {outcome: 'failed', error: {code: 'privilege'}}],
	[
		'a build of Nix that fails',
		{vira: undefined, flakes: {'github:juspay/vira': {name: 'vira-0.1.0', fails: true, seconds: 1}}},
		[],
		5,
		{outcome: 'failed', error: {code: 'refused'}},
	],
	[
		'a failure that is undone',
		viraThat('exits-at-once'),
		[],
		6,
		{outcome: 'failed', changed: false, healthy: false, error: {code: 'unhealthy'}, notUndone: []},
	],
	[
		'a failure that stays',
		viraThat('exits-at-once'),
		['--keep-on-failure'],
		6,
		{outcome: 'failed', changed: true, error: {code: 'unhealthy'}},
	],
])('%s', async (_, state, words, status, document) => {
	const ended = await runJson([...(await onLinux(state)), ...words]);
	expect([ended.status, ended.document]).toMatchObject([status, document]);
});

test('a change, and a run without changes', async () => {
	const machine = await onLinux({});
	await runJson(machine);
	const changed = await runJson([...machine, '--port', '8443']);
	expect([changed.status, changed.document]).toMatchObject([
		0,
		{outcome: 'updated', changed: true, url: 'https://localhost:8443/', settings: {port: 8443}},
	]);
	const same = await runJson(machine);
	expect([same.status, same.document]).toMatchObject([0, {outcome: 'unchanged', changed: false, plan: []}]);
	expect((await runJson([...machine, '--check'])).status).toBe(0);
});

test.each(['macos', 'macos-headless'])('an installation on %s', async (machine) => {
	const {status, document} = await runJson(['--simulate', machine]);
	expect([status, document]).toMatchObject([0, {outcome: 'installed', simulation: true}]);
});

test.each([
	['--version', {outcome: 'version', version: expect.any(String)}],
	['--help', {outcome: 'help', text: expect.stringContaining('Usage: ')}],
])('%s', async (flag, document) => {
	const ended = await runJson(['--simulate', 'linux', flag]);
	expect([ended.status, ended.document]).toEqual([0, expect.objectContaining({changed: false, ...document})]);
});

/** Reports when the program has begun to listen for a signal. */
const tellListening = `import {writeSync} from 'node:fs';
process.on('newListener', (name) => { if (name === 'SIGTERM') setImmediate(() => writeSync(3, 'listening')); });`;

/** The simulated machine waits for this before each command: the first one starts and never finishes. */
const answerNothing = `import {writeSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import timers from 'node:timers/promises';
timers.setImmediate = () => {
	writeSync(3, 'asked');
	return new Promise((resolve) => setTimeout(resolve, 60_000));
};
syncBuiltinESMExports();`;

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ended by %s', (signal) => {
	const cancelled = [130, {outcome: 'cancelled', changed: false}] as const;

	test('while it reads standard input', async () => {
		const {status, document} = await runJson(['--simulate', '--config', '-'], {
			input: null,
			preload: tellListening,
			onSign: (kill) => kill(signal),
		});
		expect([status, document]).toMatchObject(cancelled);
	});

	test('while it checks the machine', async () => {
		const {status, document} = await runJson(await onLinux(), {
			preload: answerNothing,
			onSign: (kill) => kill(signal),
		});
		expect([status, document]).toMatchObject(cancelled);
	});

	test('while it changes the machine: everything is undone', async () => {
		// The first progress line is the signal; after that it waits for a page that does not respond.
		const {status, document} = await runJson(
			[...(await onLinux(viraThat('never-answers'))), '--wait', '3600'],
			{
				onSign: (kill) => kill(signal),
			},
		);
		expect([status, document]).toMatchObject([130, {outcome: 'cancelled', changed: false, notUndone: []}]);
	});
});

describe('a bug in vira-setup', () => {
	test('in the main flow: exit 1, with the place in the code', async () => {
		const folder = newFolder();
		const {status, document} = await runJson(['--simulate', '--simulation-folder', folder], {
			preload: `import fs from 'node:fs';
				import {syncBuiltinESMExports} from 'node:module';
				fs.mkdirSync = () => { throw new TypeError('a mistake'); };
				syncBuiltinESMExports();`,
		});
		expect([status, document]).toMatchObject([
			1,
			{outcome: 'failed', error: {code: 'unexpected', detail: expect.stringMatching(/ at /u)}},
		]);
	});

	test('in a callback while it changes the machine: exit 1, and everything is undone', async () => {
		const {status, document, stderr} = await runJson(
			[...(await onLinux(viraThat('never-answers'))), '--wait', '3600'],
			{
				preload: `const write = process.stderr.write.bind(process.stderr);
					process.stderr.write = (...given) => {
						process.stderr.write = write;
						setImmediate(() => { throw new TypeError('a mistake'); });
						return write(...given);
					};`,
			},
		);
		expect([status, document]).toMatchObject([1, {outcome: 'cancelled', changed: false, notUndone: []}]);
		expect(stderr).toContain('TypeError: a mistake');
	});
});

test('output that is no longer read does not interrupt a change', async () => {
	const machine = await onLinux({});
	const child = spawn(starter, [program, '--json', ...machine], {
		env: ownEnvironment(),
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	child.stdout.destroy();
	expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
	expect((await runJson(machine)).document).toMatchObject({outcome: 'unchanged'});
});
