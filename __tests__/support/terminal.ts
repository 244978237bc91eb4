import {spawn, type IPty} from '@lydell/node-pty';
import {afterAll} from '@jest/globals';
import {Screen} from '../../scripts/terminal/screen.ts';

/** Programs that a test which failed half-way has left behind. */
const opened = new Set<IPty>();

afterAll(() => {
	for (const pty of opened) pty.kill('SIGKILL');
});

/** What is to be seen of a program that is gone, at the latest, with the tests of its file. */
export const watch = (pty: IPty): Screen => {
	opened.add(pty);
	pty.onExit(() => opened.delete(pty));
	return new Screen(pty);
};

/** Runs a command, then tells its exit status and how it left the terminal. */
export const thenTell = (words: readonly string[]): readonly string[] => [
	'sh',
	'-c',
	// The shell has to outlive a Ctrl-C that the program turns out not to have caught.
	'trap : INT; "$@"; echo "ended with $?"; stty -a | grep -oE -- "-?(icanon|echo)\\b" | tr "\\n" " "; echo told',
	'sh',
	...words,
];

/** The built program in a pseudo-terminal, on this machine. */
export const openProgram = (
	words: readonly string[],
	{cols = 80, rows = 24, env = {}}: {cols?: number; rows?: number; env?: Record<string, string>} = {},
): Screen => {
	const program = new URL('../../dist/cli.js', import.meta.url).pathname;
	const [shell = '', ...rest] = thenTell([process.execPath, program, ...words]);
	const pty = spawn(shell, rest, {
		name: 'xterm-256color',
		cols,
		rows,
		cwd: '/',
		env: {PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'xterm-256color', ...env},
	});
	return watch(pty);
};
