import {spawn, type IPty} from '@lydell/node-pty';
import {afterAll, expect} from '@jest/globals';
import {keys, Screen} from '../../scripts/terminal/screen.ts';
import {ownEnvironment, programWords, starter} from './run-program.ts';

/** Programs that a test which failed halfway left running. */
const opened = new Set<IPty>();

afterAll(() => {
	for (const pty of opened) pty.kill('SIGKILL');
});

/** The screen of a program, which is killed when the tests of its file are over. */
export const watch = (pty: IPty): Screen => {
	opened.add(pty);
	pty.onExit(() => opened.delete(pty));
	return new Screen(pty);
};

/** Runs a command, then prints its exit status and the state of the terminal; `last` is what the shell does then. */
export const thenTell = (words: readonly string[], last = ':'): readonly string[] => [
	'sh',
	'-c',
	// The shell has to survive a Ctrl-C that the program does not catch.
	`trap : INT; "$@"; echo "ended with $?"; stty -a | grep -oE -- "-?(icanon|echo)\\b" | tr "\\n" " "; echo told; ${last}`,
	'sh',
	...words,
];

/** A pseudo-terminal that closes immediately can lose the last lines. */
const untilEnter = 'read -r _';

interface Opening {
	readonly cols?: number;
	readonly rows?: number;
	readonly env?: Record<string, string>;
	/** Receives every byte that the program writes. */
	readonly onData?: (data: string) => void;
}

/** The built program in a pseudo-terminal, on a simulated machine. */
export const openProgram = (
	words: readonly string[],
	{cols = 80, rows = 24, env = {}, onData = () => undefined}: Opening = {},
): Screen => {
	const [shell = '', ...rest] = thenTell([starter, ...programWords(words)], untilEnter);
	const pty = spawn(shell, rest, {
		// What TERM will be.
		name: env['TERM'] ?? 'xterm-256color',
		cols,
		rows,
		cwd: '/',
		env: {...ownEnvironment(), ...env},
	});
	pty.onData(onData);
	return watch(pty);
};

/** Waits for the end of a program that was started by thenTell, looks at its terminal, and gives its exit status. */
export const ended = async (screen: Screen): Promise<string> => {
	await screen.shows('told');
	screen.press(keys.enter);
	expect(screen.isRestored).toBe(true);
	// Typed lines are echoed and edited by the terminal again.
	expect(screen.text).toMatch(/^(?:icanon|echo) (?:icanon|echo) told$/mu);
	return /ended with (\d+)/u.exec(screen.text)?.[1] ?? '';
};

/** A shell with job control, as a person has it. */
export const openShell = async ({cols = 80, rows = 24} = {}): Promise<Screen> => {
	const pty = spawn('bash', ['--norc', '--noprofile', '-i'], {
		name: 'xterm-256color',
		cols,
		rows,
		cwd: '/',
		env: {...ownEnvironment(), TERM: 'xterm-256color', PS1: 'ready> '},
	});
	const screen = watch(pty);
	// The shell's own, which it turns on at each prompt.
	screen.press('bind "set enable-bracketed-paste off"; clear', keys.enter);
	await screen.shows(/^ready> ?\n*$/u);
	return screen;
};
