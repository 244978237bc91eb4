import {spawn, type IPty} from '@lydell/node-pty';
import {afterAll} from '@jest/globals';
import xterm from '@xterm/headless';

export const keys = {
	enter: '\r',
	escape: '\u001B',
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	ctrlC: '\u0003',
	backspace: '\u007F',
} as const;

const limitMs = 25_000;

/** Programs that a test which failed half-way has left behind. */
const opened = new Set<IPty>();

afterAll(() => {
	for (const pty of opened) pty.kill('SIGKILL');
});

/** Follows a pseudo-terminal as a person does: types, and looks at the screen. */
export class Screen {
	readonly #pty: IPty;
	readonly #terminal: xterm.Terminal;
	#waiting: (() => void)[] = [];

	constructor(pty: IPty) {
		this.#pty = pty;
		opened.add(pty);
		pty.onExit(() => opened.delete(pty));
		this.#terminal = new xterm.Terminal({
			cols: pty.cols,
			rows: pty.rows,
			allowProposedApi: true,
			scrollback: 1000,
		});
		this.#terminal.onData((answer) => pty.write(answer));
		pty.onData((data) => this.#terminal.write(data, () => this.#changed()));
	}

	/** What is on the screen, one line for each row, without the blanks at their ends. */
	get text(): string {
		const {active} = this.#terminal.buffer;
		const rows = Array.from({length: this.#terminal.rows}, (_, row) => active.getLine(active.baseY + row));
		return rows.map((line) => line?.translateToString(true) ?? '').join('\n');
	}

	/** Everything in the normal buffer, what has scrolled away included. */
	get history(): string {
		const {normal} = this.#terminal.buffer;
		const lines = Array.from(
			{length: normal.length},
			(_, row) => normal.getLine(row)?.translateToString(true) ?? '',
		);
		return lines.join('\n');
	}

	/** Whether the program has left the terminal's own modes as they were. */
	get isRestored(): boolean {
		return this.#terminal.buffer.active.type === 'normal' && !this.#terminal.modes.bracketedPasteMode;
	}

	press(...typed: readonly string[]): void {
		for (const one of typed) this.#pty.write(one);
	}

	resize(cols: number, rows: number): void {
		this.#pty.resize(cols, rows);
		this.#terminal.resize(cols, rows);
	}

	kill(signal: string): void {
		this.#pty.kill(signal);
	}

	/** Waits until the screen shows something. */
	async shows(wanted: RegExp | string): Promise<string> {
		const isThere = (): boolean =>
			typeof wanted === 'string' ? this.text.includes(wanted) : wanted.test(this.text);
		const deadline = Date.now() + limitMs;
		while (!isThere()) await this.#change(deadline, wanted);
		return this.text;
	}

	#changed(): void {
		for (const wake of this.#waiting.splice(0)) wake();
	}

	#change(deadline: number, wanted: RegExp | string): Promise<void> {
		return new Promise((resolve, reject) => {
			const limit = setTimeout(
				() => reject(new Error(`The screen never showed ${String(wanted)}:\n${this.text}`)),
				Math.max(deadline - Date.now(), 0),
			);
			this.#waiting.push(() => {
				clearTimeout(limit);
				resolve();
			});
		});
	}
}

/** Runs a command, then tells its exit status and how it left the terminal. */
export const thenTell = (words: readonly string[]): readonly string[] => [
	'sh',
	'-c',
	'"$@"; echo "ended with $?"; stty -a | grep -oE -- "-?(icanon|echo)\\b" | tr "\\n" " "; echo told',
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
	return new Screen(pty);
};
