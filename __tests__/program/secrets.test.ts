import {spawn} from '@lydell/node-pty';
import {describe, expect, test} from '@jest/globals';
import {keys} from '../../scripts/terminal/screen.ts';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {
	leak,
	plantedEnvironment,
	plantedFile,
	plantedPackages,
	plantedVariables,
	plantedRepositories,
	plantedWords,
} from '../support/planted.ts';
import {machineIn} from '../support/simulated-linux.ts';
import {newFolder} from '../support/new-folder.ts';
import {
	onLinux,
	ownEnvironment,
	program,
	runProgram,
	type Ended,
	type Start,
	starter,
} from '../support/run-program.ts';
import {thenTell, watch} from '../support/terminal.ts';
import {validDocument} from '../support/valid-document.ts';
import {errorText} from '../support/notices.ts';

/** Its position, with the text before it: a failure shows no more than that. */
const leaksIn = ({stdout, stderr}: Pick<Ended, 'stdout' | 'stderr'>): readonly string[] =>
	[...`${stdout}\n${stderr}`.matchAll(new RegExp(`.{0,60}${leak.source}.{0,8}`, 'giu'))].map(([one]) => one);

const given: readonly (readonly [how: string, words: readonly string[], start: Start])[] = [
	['by flags', plantedWords, {}],
	['by variables', [], {env: plantedEnvironment}],
	['by a file', ['--config', '-'], {input: plantedFile}],
];

const modes = [
	['--non-interactive', 0],
	['--json', 0],
	['--non-interactive --dry-run', 0],
	['--json --dry-run', 0],
	['--check', 10],
	['--print-command', 0],
	['--print-command --json', 0],
] as const;

describe.each(given)('secrets that are given %s are not shown', (_, words, start) => {
	test.each(modes)('with %s', async (mode, status) => {
		const ended = await runProgram([...(await onLinux()), ...mode.split(' '), ...words], start);
		expect(leaksIn(ended)).toEqual([]);
		expect(ended.status).toBe(status);
	});
});

test.each(['macos', 'macos-headless'])(
	'on the simulated machine %s they are not shown either',
	async (machine) => {
		const words = plantedWords.slice(0, plantedWords.indexOf('--service-config'));
		for (const mode of ['--json', '--non-interactive --dry-run', '--non-interactive --domain user']) {
			const ended = await runProgram(['--simulate', machine, ...mode.split(' '), ...words]);
			expect([leaksIn(ended), ended.status]).toEqual([[], 0]);
		}
	},
);

test('they arrive all the same: only in the files', async () => {
	const folder = newFolder();
	const machine = await machineIn(folder);
	await runProgram(['--simulate', '--simulation-folder', folder, '--non-interactive', ...plantedWords]);
	const settings = (await machine.readFile('/home/alice/.config/vira-setup/settings.json')) ?? '';
	expect(JSON.parse(settings)).toMatchObject({
		systemd: {environment: plantedVariables},
		initialState: {repositories: plantedRepositories},
	});
	expect(await machine.readFile('/home/alice/.config/systemd/user/vira.service')).toContain('zq1name0');
	expect(await machine.readFile('/home/alice/.local/state/vira-setup/receipt.json')).not.toMatch(leak);
});

describe('secrets that were saved earlier are not shown', () => {
	test.each([
		['when they are changed', ['--no-environment', '--no-repository', '--no-service-config']],
		['when they stay', ['--port', '8443']],
		['when nothing changes', []],
	])('%s', async (_, words) => {
		const machine = await onLinux();
		await runProgram([...machine, '--non-interactive', ...plantedWords]);
		for (const mode of ['--non-interactive --dry-run', '--json --dry-run', '--json', '--non-interactive']) {
			const ended = await runProgram([...machine, ...mode.split(' '), ...words]);
			expect([mode, leaksIn(ended)]).toEqual([mode, []]);
			expect(ended.status).toBe(0);
		}
	});

	test('if the saved file is wrong', async () => {
		const folder = newFolder();
		const machine = await machineIn(folder);
		const words = ['--simulate', '--simulation-folder', folder, '--json'];
		await runProgram([...words, ...plantedWords]);
		const path = '/home/alice/.config/vira-setup/settings.json';
		const saved = (await machine.readFile(path)) ?? '';
		for (const wrong of [
			saved.slice(0, -20),
			saved.replace('"GITHUB_TOKEN"', '"1"'),
			saved.replace('5005', '"zq9"'),
		]) {
			await machine.writeFile(path, wrong, 0o600);
			const ended = await runProgram(words);
			expect(leaksIn(ended)).toEqual([]);
			expect(validDocument(ended.stdout)).toMatchObject({outcome: 'failed', error: {code: 'usage'}});
		}
	});
});

describe('if a step fails they are not shown', () => {
	test.each<[string, Partial<MachineState>, number]>([
		['the machine is not supported', {booted: false}, 3],
		['lingering is refused', {lingerRefused: true}, 4],
		[
			'the service does not start',
			{
				vira: {
					path: '/home/alice/.nix-profile/bin/vira',
					version: '0.1.0.0',
					schema: 8,
					behaviour: 'exits-at-once',
				},
			},
			6,
		],
	])('%s', async (_, state, status) => {
		for (const mode of ['--non-interactive', '--json', '--json --keep-on-failure']) {
			const ended = await runProgram([...(await onLinux(state)), ...mode.split(' '), ...plantedWords]);
			expect([mode, leaksIn(ended), ended.status]).toEqual([mode, [], status]);
		}
	});

	test.each(plantedPackages)('Nix cannot build %s', async (url) => {
		for (const flag of ['--package', '--extra-package'])
			for (const mode of ['--non-interactive', '--json', '--dry-run --json', '--print-command']) {
				const ended = await runProgram([...(await onLinux()), ...mode.split(' '), flag, url]);
				expect([flag, mode, leaksIn(ended)]).toEqual([flag, mode, []]);
			}
	});
});

/** Errors of a user who meant to give a secret, and the message for each. */
const mistakes: readonly (readonly [words: readonly string[], start: Start, says: RegExp])[] = [
	[['--environment', 'zq8value'], {}, /--environment: item 1: Must have the form NAME=VALUE/u],
	[['--environment', 'API_TOKEN=', 'zq8value'], {}, /Unknown command/u],
	[['--environment', 'API_TOKEN=a', 'install', 'zq8value'], {}, /Unexpected argument/u],
	[['--environment', '1API=zq8value'], {}, /--environment: 1API: A variable name must/u],
	[
		['--config', '-'],
		{input: JSON.stringify({systemd: {environment: {API_TOKEN: `zq8${'x'.repeat(140_000)}`}}})},
		/API_TOKEN: Must be shorter/u,
	],
	[['--api-token=zq8value'], {}, /Unknown option --api-token\./u],
	[['--environment=API_TOKEN', '-zq8value'], {}, /Unknown option/u],
	[
		['--repository', 'https://me:zq8value@host/x y'],
		{},
		/--repository: item 1: Must have the form NAME=URL/u,
	],
	[['--repository', 'x=zq8value'], {}, /--repository: x: Must be a Git URL/u],
	[
		['--repository', 'https://me:zq8value@host/x y=1'],
		{},
		/--repository: https:\/\/me:••••••@host\/x y=1: /u,
	],
	[['--service-config', 'Environment=API_TOKEN=zq8value'], {}, /Use the option for variables/u],
	[['--hostname', 'https://me:zq8value@host'], {}, /--hostname: Must be a host name/u],
	[['--port', 'zq8value'], {}, /--port: Must be a whole number/u],
	[['--log-level', 'zq8value'], {}, /--log-level: Must be one of/u],
	[['--wait', 'zq8value'], {}, /--wait: Must be a whole number/u],
	[['--package', '~me/https://me:zq8value@host'], {}, /--package: /u],
	[['--extra-package', 'x https://me:zq8value@host/x'], {}, /--extra-package: /u],
	[[], {env: {VIRA_SETUP_PORT: 'zq8value'}}, /VIRA_SETUP_PORT: /u],
	[[], {env: {VIRA_SETUP_ENVIRONMENT: 'A=1\nzq8value'}}, /VIRA_SETUP_ENVIRONMENT: item 2: /u],
	[
		['--config', '-'],
		{input: '{"systemd": {"environment": {"API_TOKEN": "zq8value"'},
		/--config: Standard input is not valid JSON/u,
	],
	[
		['--config', '-'],
		{input: '{"systemd": {"environment": {"API_TOKEN": ["zq8value"]}}}'},
		/API_TOKEN: Must be a string/u,
	],
	[['--config', '-'], {input: '{"systemd": {"environment": "zq8value"}}'}, /Must be an object/u],
	[['--config', '-'], {input: '{"systemd": "zq8value"}'}, /Must be an object/u],
	[
		['--config', '-'],
		{input: '{"API_TOKEN=zq8value": 1, "https://me:zq8value@host/": 1}'},
		/Unknown setting/u,
	],
	[['--config', '-'], {input: '{"API_TOKEN": "zq8value"}'}, /--config -: API_TOKEN: Unknown setting/u],
];

test.each(mistakes)('an error is reported without the secret: %.60j', async (words, start, says) => {
	for (const mode of ['--non-interactive', '--json']) {
		const ended = await runProgram([...(await onLinux()), mode, ...words], start);
		expect([leaksIn(ended), ended.status]).toEqual([[], 2]);
		expect(mode === '--json' ? errorText(validDocument(ended.stdout)) : ended.stderr).toMatch(says);
	}
});

test("no byte that is sent to the terminal by the wizard's screens shows one", async () => {
	const machine = await onLinux();
	const [shell = '', ...rest] = thenTell([starter, program, ...machine, ...plantedWords]);
	const pty = spawn(shell, rest, {
		name: 'xterm-256color',
		cols: 100,
		rows: 40,
		env: {...ownEnvironment(), TERM: 'xterm-256color'},
	});
	let sent = '';
	pty.onData((data) => (sent += data));
	const screen = watch(pty);
	await screen.shows('Turn it on');
	screen.press(keys.enter);
	await screen.shows('Hostname');
	// Every field, and every item of the lists.
	for (let count = 0; count < 60; count += 1) screen.press(keys.down);
	await screen.shows('Lingering');
	screen.press(keys.ctrlS);
	await screen.shows('Reachable from');
	for (let count = 0; count < 200; count += 1) screen.press(keys.down);
	screen.press(keys.enter);
	await screen.shows('told');
	expect(screen.history).toContain('ended with 0');
	expect(leaksIn({stdout: sent, stderr: ''})).toEqual([]);
});
