import {execFile, execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from '@jest/globals';
import {newFolder} from '../support/new-folder.ts';
import {ownEnvironment, program} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
	readonly version: string;
};

interface Coverage {
	readonly result: readonly {readonly url: string}[];
}

/** Runs the built program, and returns the paths of our files that node loaded for it. */
const loadedBy = (...words: readonly string[]): readonly string[] => {
	const folder = newFolder();
	execFileSync(process.execPath, [program, ...words], {
		env: {...ownEnvironment(), NODE_V8_COVERAGE: folder},
		stdio: 'ignore',
	});
	const scripts = readdirSync(folder).flatMap(
		(name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage).result,
	);
	const files = scripts
		.map(({url}) => url)
		.filter((url) => url.startsWith('file:') && url.includes('/dist/'));
	expect(files).not.toEqual([]);
	return files.map((url) => fileURLToPath(url));
};

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** Parts of the program that are loaded on first use, by the beginning of their file names. */
const parts = [
	...[
		'ask-url',
		'certificate',
		'completion',
		'doctor',
		'export',
		'help',
		'ink-ui',
		'linux-system',
		'lock-by-mark',
		'logs',
	],
	...['mac-system', 'main', 'overview', 'plain-ui', 'plist', 'rollback'],
	...['run-command', 'start', 'status', 'stop', 'uninstall'],
];

const partsAmong = (paths: readonly string[]): readonly string[] =>
	parts.filter((part) => paths.some((path) => new RegExp(`^${part}[-.]`, 'u').test(basename(path))));

test('each part is in the package', () => {
	expect(partsAmong(readdirSync(dist))).toEqual(parts);
});

test.each([
	[['--version'], []],
	[['-V'], []],
	[['--help'], ['help']],
	[['-h'], ['help']],
	[
		['completion', 'bash'],
		['completion', 'main'],
	],
	[
		['--simulate', 'linux', '--non-interactive'],
		['linux-system', 'main'],
	],
	[
		['--simulate', 'linux', '--json'],
		['linux-system', 'main'],
	],
	[
		['export', '--simulate', 'linux'],
		['export', 'linux-system', 'main'],
	],
	[
		['--simulate', 'macos', '--non-interactive'],
		['mac-system', 'main', 'plist'],
	],
])('%j loads no part that it does not need', (words, wanted) => {
	expect(partsAmong(loadedBy(...words))).toEqual(wanted);
});

const filesWith = (mark: RegExp): readonly string[] =>
	readdirSync(dist)
		.filter((name) => name.endsWith('.js'))
		.filter((name) => mark.test(readFileSync(join(dist, name), 'utf8')));

/** Required by the bundles of React, of Ink's layout engine and of Inquirer. */
test.each([
	['ink and react', /react\.transitional\.element|YGNodeNew|yoga-layout/u, 'app'],
	['inquirer', /User force closed the prompt/u, 'plain-ui'],
	['execa', /execPath[^]*maxBuffer|Command was killed with/u, 'run-command'],
])('everything in %s is in the part that needs it', (_, mark, part) => {
	expect(filesWith(mark).map((name) => name.replace(/-\w+\.js$/u, ''))).toEqual([part]);
});

test('the parser of arguments is in one file, which main loads and --help does not', () => {
	const [shared = '', ...others] = filesWith(/Only one command can be given/u);
	const loading = filesWith(new RegExp(`(?:from|import) ?"\\./${shared}"`, 'u'));
	expect([others, loading.some((name) => name.startsWith('main-'))]).toEqual([[], true]);
	expect(loading.filter((name) => /^(?:cli|help)/u.test(name))).toEqual([]);
});

test('--version is the version of the package', () => {
	expect(execFileSync(process.execPath, [program, '--version'], {encoding: 'utf8'})).toBe(`${version}\n`);
});

/** Starts the built program. */
const execute = (words: readonly string[]) =>
	promisify(execFile)(process.execPath, [program, ...words], {env: ownEnvironment()});

test('standard input that is not a terminal: one line that names the flag, exit 2', async () => {
	const running = execute(['--simulate']);
	running.child.stdin?.end();
	await expect(running).rejects.toMatchObject({
		code: 2,
		stdout: '',
		stderr: expect.stringMatching(/^vira-setup: [^\n]*--non-interactive[^\n]*\n$/u),
	});
});

test('settings come from standard input with --config -', async () => {
	const running = execute(['--simulate', '--json', '--config', '-']);
	running.child.stdin?.end('{"port": 8443}');
	const {stdout} = await running;
	expect(validDocument(stdout)).toMatchObject({outcome: 'installed', url: 'https://localhost:8443/'});
});

test('an exported file can be read on another machine', async () => {
	const run = (words: readonly string[], input = '') => {
		const running = execute([...words, '--simulate']);
		running.child.stdin?.end(input);
		return running;
	};
	const {stdout, stderr} = await run(['export', '--format', 'json', '--port', '8443']);
	expect(stderr).toBe('Vira is not set up here: these are the defaults, with the given options.\n');
	const again = await run(['export', '--format', 'json', '--config', '-'], stdout);
	expect(again.stdout).toBe(stdout);
	expect((await run(['export', '--config', '-'], stdout)).stdout).toMatch(
		/^services\.vira = \{\n[^]*\n\};\n$/u,
	);
});

test('--json prints one document for a wrong use too', async () => {
	const failure = await execute(['--simulate', '--json', '--prot', '1']).catch(
		(error: unknown) => error as {stdout: string; code: number},
	);
	expect(validDocument(failure.stdout)).toMatchObject({
		schema: 2,
		outcome: 'failed',
		changed: false,
		error: {code: 'usage'},
	});
});

test('the simulated machine stays in a folder for the next run', () => {
	const folder = join(newFolder(), 'machine');
	const run = (): string =>
		execFileSync(
			process.execPath,
			[program, '--simulate', '--simulation-folder', folder, '--non-interactive'],
			{env: ownEnvironment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']},
		);
	expect(run().split('\n')[0]).toBe('installed');
	expect(run().split('\n')[0]).toBe('unchanged');
});
