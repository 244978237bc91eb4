import {spawn} from '@lydell/node-pty';
import {describe, expect, test} from '@jest/globals';
import {keys, type Screen} from '../../scripts/terminal/screen.ts';
import {play, type Steps} from '../support/play.ts';
import {onLinux, ownEnvironment, program, starter} from '../support/run-program.ts';
import {ended, openProgram, watch} from '../support/terminal.ts';

const {enter, ctrlC, backspace} = keys;
const left = '\u001B[D';
const tab = '\t';
const ctrlD = '\u0004';
const ctrlZ = '\u001A';

/** The question at the cursor, before anything is typed. */
const asks = (prompt: string): RegExp => {
	const literal = prompt.replaceAll(/[()/.]/gu, String.raw`\$&`);
	return new RegExp(`^\\? ${literal} *$(?![^]*\\S)`, 'mu');
};

const settings = asks('What now (preview)');
const preview = asks('What now (1)');

/** All output, with wrapped lines joined. */
const said = (screen: Screen): string => screen.history.replaceAll('\n', '');

const choices: Readonly<Record<string, Steps>> = {
	linux: [[asks('Lingering (1)'), enter]],
	macos: [],
	'macos-headless': [[asks('Domain (1)'), enter]],
};

describe.each([
	['linux', 80, 24],
	['linux', 40, 12],
	['macos', 80, 24],
	['macos-headless', 80, 24],
])('on %s at %i×%i', (machine, cols, rows) => {
	test('pressing Enter at most four times sets up Vira', async () => {
		const steps: Steps = [...(choices[machine] ?? []), [settings, enter], [preview, enter]];
		expect(steps.length).toBeLessThanOrEqual(4);
		const screen = openProgram(['--simulate', machine, '--plain'], {cols, rows});
		await play(screen, steps);
		expect(await ended(screen)).toBe('0');
		expect(said(screen)).toContain('✔ On the simulated machine: Vira is set up.');
	});
});

test('every kind of option is asked for, and the answers are what would be written', async () => {
	const screen = openProgram(['--simulate', 'linux', '--plain', '--dry-run'], {rows: 60});
	await play(screen, [
		[asks('Lingering (1)'), '2', enter],
		[settings, 'all', enter],
		[asks('Hostname (localhost)'), '?', enter],
		['Vira has no login'],
		[asks('Hostname (localhost)'), '::1', enter],
		[asks('Port (5005)'), '70000', enter],
		['✖ Must be a whole number from 1 to 65535.'],
		[asks('Port (5005)'), tab, backspace, '6', enter],
		[asks('HTTPS (on)'), 'off', enter],
		[asks('Base path (/)'), 'cira', left, left, left, backspace, '/v', enter],
		['✖ Use /vira/: it must start and end with one /'],
		[asks('Base path (/)'), '/vira/', enter],
		[asks('State folder (~/.local/share/vira/state)'), '~/vira', enter],
		[asks('Reset old database (on)'), 'no', enter],
		[asks('Keep finished jobs, in days (14)'), '30', enter],
		[asks('Concurrent builds (none)'), '4', enter],
		[asks('Build new branches (off)'), 'yes', enter],
		[asks('Repositories (done)'), 'a=/srv/a\rb=/srv/b\nwrong\r\n\r\nc=/srv/c\n'],
		['✖ Must have the form NAME=URL.'],
		['  3. c=/srv/c'],
		[asks('Repositories (done)'), '1', enter],
		[asks('Repository 1 (a=/srv/a)'), 'none', enter],
		[asks('Repositories (done)'), enter],
		[asks('Vira program (/home/alice/.nix-profile/bin/vira)'), enter],
		[asks('Extra packages (done)'), '~/tools', enter],
		['  1. ~/tools'],
		[asks('Extra packages (done)'), 'done', enter],
		[asks('Variables (done)'), 'API_TOKEN=hunter2hunter2', enter],
		['  1. API_TOKEN='],
		[asks('Variables (done)'), enter],
		[asks('systemd settings (done)'), 'MemoryMax=2G', enter],
		['  1. MemoryMax=2G'],
		[asks('systemd settings (done)'), enter],
		[asks('Log level (Info)'), 'debug', enter],
		[asks('Lingering (off)'), enter],
		['! Starts at boot: no'],
		[preview, '2', enter],
		['clear earlier failures'],
		[preview, enter],
	]);
	expect(await ended(screen)).toBe('0');
	const text = said(screen);
	for (const line of [
		'"hostname": "::1"',
		'"port": 5006',
		'"https": false',
		'"basePath": "/vira/"',
		'"stateDir": "~/vira"',
		'"autoResetState": false',
		'"jobRetentionDays": 30',
		'"maxConcurrentBuilds": 4',
		'"autoBuildNewBranches": true',
		'"b": "/srv/b"',
		'"c": "/srv/c"',
		'"extraPackages": [',
		'"API_TOKEN": "••••••"',
		'"MemoryMax": "2G"',
		'"logLevel": "Debug"',
		'"linger": false',
	])
		expect(text).toContain(line);
	expect(text).not.toContain('"a": "/srv/a"');
	expect(text).not.toContain('hunter2hunter2');
	expect(text).toContain('Nothing was changed. These changes would be made:');
});

/** The way to a question of each kind. */
const questions: readonly (readonly [name: string, steps: Steps, prompt: RegExp])[] = [
	['the checks', [], asks('Lingering (1)')],
	['the settings', [[asks('Lingering (1)'), enter]], settings],
	[
		'an option',
		[
			[asks('Lingering (1)'), enter],
			[settings, '2', enter],
		],
		asks('Port (5005)'),
	],
	[
		'a list',
		[
			[asks('Lingering (1)'), enter],
			[settings, '12', enter],
		],
		asks('Repositories (done)'),
	],
	[
		'the preview',
		[
			[asks('Lingering (1)'), enter],
			[settings, enter],
		],
		preview,
	],
];

describe.each([
	['Ctrl-C', ctrlC, {}],
	['Ctrl-D', ctrlD, {}],
	['Ctrl-C', ctrlC, {TERM: 'dumb'}],
	['Ctrl-D', ctrlD, {TERM: 'dumb'}],
])('%s (%j %j) leaves the machine unchanged and the terminal usable, exit 130', (_, key, env) => {
	test.each(questions)('at %s', async (_name, steps, prompt) => {
		const screen = openProgram(['--simulate', 'linux', '--plain'], {env});
		await play(screen, [...steps, [prompt, key]]);
		expect(await ended(screen)).toBe('130');
		expect(screen.text).toMatch(/\(\w+\) *(?:\^C)?\nCancelled\. Nothing was changed\.\nended/u);
	});
});

test('Ctrl-C while it installs undoes what was started, exit 130', async () => {
	const screen = openProgram(['--simulate', 'linux', '--plain']);
	await play(screen, [
		[asks('Lingering (1)'), enter],
		[settings, enter],
		[preview, enter],
		['✔ Save your settings', ctrlC],
	]);
	expect(await ended(screen)).toBe('130');
	expect(screen.history).toContain('! Stopping… ');
	expect(screen.history).toContain('✔ Everything is as it was before.');
});

test('SIGTERM while it asks leaves the terminal usable, exit 130', async () => {
	const screen = openProgram(['--simulate', 'linux', '--plain']);
	await screen.shows(asks('Lingering (1)'));
	screen.terminate();
	expect(await ended(screen)).toBe('130');
});

const wholeSetup: Steps = [
	[asks('Lingering (1)'), '2', enter],
	[settings, '2', enter],
	[asks('Port (5005)'), 'x', enter],
	['✖ Must be a whole number from 1 to 65535.'],
	[asks('Port (5005)'), '8443', enter],
	[settings, enter],
	[preview, enter],
];

/** Every byte that a setup writes. */
const writtenBy = async (
	words: readonly string[],
	env: Readonly<Record<string, string>>,
): Promise<string> => {
	const written: string[] = [];
	const onData = (data: string): number => written.push(data);
	const screen = openProgram(['--simulate', 'linux', ...words], {env, onData});
	await play(screen, wholeSetup);
	expect(await ended(screen)).toBe('0');
	return written.join('');
};

test.each([
	['a terminal that cannot redraw', {TERM: 'dumb'}, []],
	['a screen reader, as Ink detects it', {INK_SCREEN_READER: 'true'}, []],
	['a screen reader, as other programs detect it', {ACCESSIBLE: '1'}, []],
	['a screen reader, with the flag', {ACCESSIBLE: '1'}, ['--plain']],
	['a screen reader, with colors', {ACCESSIBLE: '1', FORCE_COLOR: '3'}, []],
])('%s (%j %j) gets lines: nothing that moves the cursor, and no color', async (_, env, words) => {
	expect(await writtenBy(words, env)).not.toMatch(/[^\P{Cc}\r\n]/u);
});

test.each([{}, {NO_COLOR: '1'}, {FORCE_COLOR: '3'}])(
	'the flag (%j) draws only the line of the question again, without colors',
	async (env) => {
		const written = await writtenBy(['--plain'], env);
		// Within a line, erase it, one line up, show the cursor.
		const rest = written.replaceAll(/\u001B\[(?:\d*G|2K|1A|\?25h)/gu, '');
		expect(rest).not.toMatch(/[^\P{Cc}\r\n]/u);
	},
);

test('without a movable cursor, the terminal itself erases what was typed', async () => {
	const screen = openProgram(['--simulate', 'linux'], {env: {TERM: 'dumb'}, rows: 40});
	await play(screen, [
		[asks('Lingering (1)'), enter],
		[settings, '2', enter],
		[asks('Port (5005)'), '99999', backspace.repeat(5), '8443', enter],
		['Type ? to see the settings again.'],
		[settings, '?', enter],
		['2. Port: 8443 (changed)'],
		[settings, 'quit', enter],
	]);
	expect(await ended(screen)).toBe('130');
});

test('if the machine is not supported, it says why and offers a simulated machine', async () => {
	const screen = openProgram(['--plain', ...(await onLinux({booted: false}))]);
	await play(screen, [
		['Vira cannot be set up here:'],
		[asks('What now (1)'), enter],
		[asks('Lingering (1)'), ctrlC],
	]);
	expect(await ended(screen)).toBe('130');
});

test('suspended by Ctrl-Z and resumed, the question is shown again with the typed text', async () => {
	const shell = spawn('bash', ['--norc', '-i'], {cwd: '/', env: {...ownEnvironment(), PS1: '$ '}});
	const screen = watch(shell);
	await play(screen, [
		['$', `${starter} ${program} --simulate linux --plain\r`],
		[asks('Lingering (1)'), '2', ctrlZ],
		['Stopped', 'clear; stty -a | grep -o -- "-*icanon"; fg\r'],
		[/^icanon$/mu],
		[/^\? Lingering \(1\) 2$(?![^]*\S)/mu, enter],
		[settings, ctrlC],
		['Cancelled. Nothing was changed.', 'exit\r'],
	]);
	expect(screen.history).toContain('18. Lingering: off (changed)');
});

test('keys typed while it checks the machine accept nothing', async () => {
	const screen = openProgram(['--simulate', 'linux', '--plain']);
	await play(screen, [
		[asks('Lingering (1)'), enter],
		[settings, enter + enter + enter],
		[preview, '5', enter],
	]);
	expect(await ended(screen)).toBe('130');
});
