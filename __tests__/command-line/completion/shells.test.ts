import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {spawn} from '@lydell/node-pty';
import {expect, test} from '@jest/globals';
import {shells, type Shell} from '../../../src/command-line/commands.ts';
import {completionScript} from '../../../src/commands/completion.ts';
import type {Screen} from '../../../scripts/terminal/screen.ts';
import {newFolder} from '../../support/new-folder.ts';
import {watch} from '../../support/terminal.ts';
import {describeWith} from '../../support/where-installed.ts';

/** The text before the Tab key and after it: `|` marks the cursor. */
const cases = [
	['vira-setup exp', 'vira-setup export |'],
	['vira-setup --port 1 exp', 'vira-setup --port 1 export |'],
	['vira-setup --port=1 exp', 'vira-setup --port=1 export |'],
	['vira-setup --non', 'vira-setup --non-interactive |'],
	['vira-setup --no-ht', 'vira-setup --no-https |'],
	['vira-setup --no-rep', 'vira-setup --no-repository |'],
	['vira-setup --repository a=/a --repos', 'vira-setup --repository a=/a --repository |'],
	['vira-setup export --fo', 'vira-setup export --format |'],
	['vira-setup export --format h', 'vira-setup export --format home-manager |'],
	['vira-setup completion z', 'vira-setup completion zsh |'],
	['vira-setup --log-level W', 'vira-setup --log-level Warning |'],
	['vira-setup --log-level=W', 'vira-setup --log-level=Warning |'],
	['vira-setup --simulate macos-', 'vira-setup --simulate macos-headless |'],
	['vira-setup --simulate=macos-', 'vira-setup --simulate=macos-headless |'],
	['vira-setup --simulate --ove', 'vira-setup --simulate --overwrite |'],
	['vira-setup --simulate linux exp', 'vira-setup --simulate linux export |'],
	['vira-setup --config pl', 'vira-setup --config plain.json |'],
	['vira-setup --config=pl', 'vira-setup --config=plain.json |'],
	['vira-setup --config inside/pl', 'vira-setup --config inside/plain.json |'],
	['vira-setup --config with', String.raw`vira-setup --config with\ space.json |`],
	['vira-setup --config=with', String.raw`vira-setup --config=with\ space.json |`],
	['vira-setup --config "with s', 'vira-setup --config "with space.json" |'],
	[String.raw`vira-setup --config with\ s`, String.raw`vira-setup --config with\ space.json |`],
	['vira-setup --package ins', 'vira-setup --package inside/|'],
	['vira-setup --package ~/.profile/b', 'vira-setup --package ~/.profile/bin/|'],
	['vira-setup --state-dir f', 'vira-setup --state-dir folder/|'],
	['vira-setup setup --over', 'vira-setup setup --overwrite |'],
	['vira-setup --vers', 'vira-setup --version |'],
] as const;

/** As above, but nothing is completed that would need another reading of the line. */
const nothing = [
	['--format belongs to export', 'vira-setup --form'],
	['a value that looks like a command is not one', 'vira-setup --hostname export --form'],
	['a port is a number', 'vira-setup --port '],
	['a variable is not a file', 'vira-setup --environment pl'],
	['a command is not a machine', 'vira-setup --simulate exp'],
	['settings have nothing to do with completions', 'vira-setup completion --port'],
	['status takes no settings', 'vira-setup status --no-ht'],
] as const;

const folderWithFiles = (): string => {
	const folder = newFolder();
	for (const name of ['inside', 'folder', 'new:folder', '.profile/bin'])
		mkdirSync(join(folder, name), {recursive: true});
	const names = [
		'plain.json',
		'with space.json',
		'file',
		'a:b one.json',
		'inside/plain.json',
		'new:folder/x',
	];
	for (const name of names) writeFileSync(join(folder, name), '');
	for (const shell of shells) writeFileSync(join(folder, `${shell}-script`), completionScript(shell));
	return folder;
};

const started = {
	bash: {
		words: ['--norc', '--noprofile', '-i'],
		ready: "bind 'set enable-bracketed-paste off'; source bash-script",
	},
	zsh: {
		words: ['-f', '-i'],
		ready: 'autoload -U compinit; compinit -D -u; unsetopt list_beep auto_remove_slash; source zsh-script',
	},
} as const;

let cleared = 0;

/** Clears the screen, and waits for the prompt. */
const clear = async (screen: Screen): Promise<void> => {
	cleared += 1;
	screen.press(`clear; echo "ready" ${cleared}\r`);
	await screen.shows(new RegExp(`^ready ${cleared}\n[^\n]*> `, 'u'));
};

/** The shell in a pseudo-terminal, in a folder with some files, with our completions loaded. */
const open = async (shell: keyof typeof started): Promise<Screen> => {
	const folder = folderWithFiles();
	const screen = watch(
		spawn(shell, [...started[shell].words], {
			name: 'xterm-256color',
			cols: 150,
			rows: 24,
			cwd: folder,
			env: {HOME: folder, PATH: process.env['PATH'], PS1: '> ', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'},
		}),
	);
	await screen.shows('> ');
	screen.press(`${started[shell].ready}\r`);
	await clear(screen);
	return screen;
};

/** A letter that occurs in none of the cases. */
const next = 'Q';
const typedLine = /vira-setup [^\n]*Q/u;

/** Types, presses Tab and then the next letter, and reads the line. */
const typedInto = async (screen: Screen, text: string): Promise<string> => {
	screen.press(text, '\t', next);
	const shown = await screen.shows(typedLine);
	// Ctrl-U clears the line.
	screen.press('\u0015');
	await clear(screen);
	return typedLine.exec(shown)?.[0].replace(next, '|') ?? '';
};

/** zsh adds = to a flag, and removes it when a space is typed. */
const asWrittenBy = (shell: Shell, line: string): string =>
	shell === 'zsh' ? line.replace(/(--(?:format|repository)) \|$/u, '$1=|') : line;

for (const shell of ['bash', 'zsh'] as const) {
	describeWith(shell)(shell, () => {
		test('completes commands, flags, choices, files and folders', async () => {
			const screen = await open(shell);
			for (const [text, expected] of cases)
				expect(await typedInto(screen, text)).toBe(asWrittenBy(shell, expected));
		});

		test('completes a one-letter flag', async () => {
			expect(await typedInto(await open(shell), 'vira-setup logs -f')).toBe('vira-setup logs -f |');
		});

		test('completes nothing where no value of that kind fits', async () => {
			const screen = await open(shell);
			for (const [why, text] of nothing)
				expect([why, await typedInto(screen, text)]).toEqual([why, `${text}|`]);
		});
	});
}

describeWith('bash')('bash, which splits words at colons', () => {
	test.each([
		['vira-setup --config a:', String.raw`vira-setup --config a:b\ one.json |`],
		['vira-setup --config=a:', String.raw`vira-setup --config=a:b\ one.json |`],
		['vira-setup --config "a:', 'vira-setup --config "a:b one.json" |'],
		['vira-setup --state-dir new:', 'vira-setup --state-dir new:folder/|'],
		['vira-setup --package new:folder/', 'vira-setup --package new:folder/x |'],
	])('%s', async (text, expected) => {
		expect(await typedInto(await open('bash'), text)).toBe(expected);
	});
});

/** Asks fish itself, which prints a candidate and its description on each line. */
const offeredByFish = (folder: string, text: string): readonly string[] => {
	const {stdout, stderr} = spawnSync(
		'fish',
		['--no-config', '-c', 'source fish-script; complete -C $argv[1]', text],
		{cwd: folder, encoding: 'utf8', env: {...process.env, HOME: folder}},
	);
	expect(stderr).toBe('');
	return stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => line.split('\t', 1)[0] ?? '');
};

describeWith('fish')('fish', () => {
	test('offers commands, flags, choices, files and folders', () => {
		const folder = folderWithFiles();
		// fish returns the whole word, unquoted, and quotes it itself.
		for (const [text, expected] of cases.filter(([one]) => !/["\\]/u.test(one))) {
			const word = expected.replace(/ ?\|$/u, '').replaceAll('\\ ', '\0').split(' ').at(-1) ?? '';
			expect([text, offeredByFish(folder, text)]).toEqual([text, [word.replaceAll('\0', ' ')]]);
		}
	});

	test('offers nothing where no value of that kind fits', () => {
		const folder = folderWithFiles();
		for (const [why, text] of nothing) expect([why, offeredByFish(folder, text)]).toEqual([why, []]);
	});
});
