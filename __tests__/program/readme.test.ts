import {readFileSync} from 'node:fs';
import {expect, test} from '@jest/globals';
import {keys} from '../../scripts/terminal/screen.ts';
import {newFolder} from '../support/new-folder.ts';
import {runProgram} from '../support/run-program.ts';
import {ended, openProgram} from '../support/terminal.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The words of each command of vira-setup in README, in its order: on a line of a block, or as code in a sentence. */
const commands = [...readme.matchAll(/^```sh\n(?<block>[^]*?)^```$|`vira-setup(?<inline>[^`]*)`/gmu)]
	.flatMap(({groups}) =>
		groups?.['block'] === undefined
			? [groups?.['inline'] ?? '']
			: [...groups['block'].matchAll(/^vira-setup(.*)$/gmu)].map(([, words = '']) => words),
	)
	.map((words) => words.split(' ').filter((word) => word !== ''));

/** What is on the screen of a command that waits for a person; the others end by themselves. */
const screens: Readonly<Record<string, string>> = {
	'': 'Change the settings',
	'--simulate': 'Turn it on',
	'logs -f': 'vira[',
	uninstall: "Vira's state",
};

test('every command in README works, one after the other on one machine', async () => {
	const machine = ['--simulate', 'linux', '--simulation-folder', newFolder()];
	expect((await runProgram(['--non-interactive', ...machine])).status).toBe(0);
	const results = [];
	for (const words of commands) {
		const screen = screens[words.join(' ')];
		if (screen === undefined) {
			results.push([words, (await runProgram([...words, ...machine])).status]);
			continue;
		}
		const program = openProgram(words.includes('--simulate') ? words : [...words, ...machine]);
		await program.shows(screen);
		program.press(keys.ctrlC);
		results.push([words, await ended(program)]);
	}
	expect(commands.length).toBeGreaterThan(6);
	expect(results).toEqual(
		commands.map((words) => [words, screens[words.join(' ')] === undefined ? 0 : '130']),
	);
}, 60_000);
