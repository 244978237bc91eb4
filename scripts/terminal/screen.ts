import {readFileSync} from 'node:fs';
import type {IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';

export const keys = {
	enter: '\r',
	escape: '\u001B',
	up: '\u001B[A',
	down: '\u001B[B',
	left: '\u001B[D',
	right: '\u001B[C',
	pageUp: '\u001B[5~',
	pageDown: '\u001B[6~',
	home: '\u001B[H',
	end: '\u001B[F',
	tab: '\t',
	ctrlA: '\u0001',
	ctrlC: '\u0003',
	ctrlE: '\u0005',
	ctrlK: '\u000B',
	ctrlN: '\u000E',
	ctrlS: '\u0013',
	ctrlU: '\u0015',
	ctrlW: '\u0017',
	ctrlZ: '\u001A',
	backspace: '\u007F',
} as const;

/** What a terminal sends for a paste, where the program has asked to be told of it (bracketed paste, ctlseqs). */
export const pasted = (text: string): string => `\u001B[200~${text}\u001B[201~`;

const limitMs = 25_000;

/** Follows a pseudo-terminal as a person does: types, and looks at the screen. */
export class Screen {
	readonly #pty: IPty;
	readonly #terminal: xterm.Terminal;
	#waiting: (() => void)[] = [];
	#showsCursor = true;

	constructor(pty: IPty) {
		this.#pty = pty;
		this.#terminal = new xterm.Terminal({
			cols: pty.cols,
			rows: pty.rows,
			allowProposedApi: true,
			scrollback: 1000,
		});
		this.#terminal.onData((answer) => pty.write(answer));
		this.#watchCursor();
		pty.onData((data) => this.#terminal.write(data, () => this.#changed()));
	}

	/** What is on the screen, one line for each row, without the blanks at their ends. */
	get text(): string {
		const {active} = this.#terminal.buffer;
		const rows = Array.from({length: this.#terminal.rows}, (_, row) => active.getLine(active.baseY + row));
		return rows.map((line) => line?.translateToString(true) ?? '').join('\n');
	}

	/** The cells of the screen, for a picture of it. */
	get cells(): xterm.IBuffer {
		return this.#terminal.buffer.active;
	}

	/** The cell of the screen that the cursor stands on, counted from 0; undefined: it is hidden. */
	get cursor(): {readonly row: number; readonly column: number} | undefined {
		const {cursorX: column, cursorY: row} = this.#terminal.buffer.active;
		return this.#showsCursor ? {row, column} : undefined;
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

	/** All of that as words: without the line breaks, those that the terminal has made in a word among them. */
	get said(): string {
		const {normal} = this.#terminal.buffer;
		const rows = Array.from({length: normal.length}, (_, row) => normal.getLine(row));
		return rows
			.map((line, row) =>
				rows[row + 1]?.isWrapped ? line?.translateToString() : `${line?.translateToString(true)} `,
			)
			.join('')
			.replaceAll(/ +/gu, ' ');
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

	/** The processes that the shell of the terminal runs (proc(5), /proc/PID/task/TID/children). */
	get children(): readonly number[] {
		const {pid} = this.#pty;
		return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
	}

	terminate(): void {
		for (const child of this.children) process.kill(child, 'SIGTERM');
	}

	/** Closes the window: the kernel tells whoever runs in it (SIGHUP), and every later write fails. */
	close(): void {
		// Every terminal on a POSIX system has it; the type names what Windows has as well.
		(this.#pty as IPty & {destroy: () => void}).destroy();
	}

	/** The rows, from 0, that go on where the one above them was too long for the terminal. */
	get dividedRows(): readonly number[] {
		const {active} = this.#terminal.buffer;
		const rows = [...Array(this.#terminal.rows).keys()];
		return rows.filter((row) => active.getLine(active.baseY + row)?.isWrapped);
	}

	/** Calls back at the end of each frame (synchronized update), before anything else is drawn. */
	watch(framed: () => void): void {
		this.#terminal.parser.registerCsiHandler({prefix: '?', final: 'l'}, (modes) => {
			if (modes.includes(2026)) framed();
			return false;
		});
	}

	/** Waits until the screen shows something. */
	shows(wanted: RegExp | string): Promise<string> {
		return this.#becomes(String(wanted), (text) =>
			typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text),
		);
	}

	/** Waits until the screen shows something, and nothing of what it will not show for long. */
	settles(wanted: string, passing: string): Promise<string> {
		return this.#becomes(
			`${wanted} without ${passing}`,
			(text) => text.includes(wanted) && !text.includes(passing),
		);
	}

	/** Waits until the screen shows anything else than it did. */
	leaves(former: string): Promise<string> {
		return this.#becomes('anything else', (text) => text !== former);
	}

	/** A frame is looked at once it has come in as a whole. */
	async #becomes(wanted: string, isWanted: (text: string) => boolean): Promise<string> {
		const deadline = Date.now() + limitMs;
		while (this.#terminal.modes.synchronizedOutputMode || !isWanted(this.text))
			await this.#change(deadline, wanted);
		return this.text;
	}

	/** DECTCEM (ctlseqs): the terminal obeys it, and does not tell. */
	#watchCursor(): void {
		for (const final of ['h', 'l'])
			this.#terminal.parser.registerCsiHandler({prefix: '?', final}, (modes) => {
				if (modes.includes(25)) this.#showsCursor = final === 'h';
				return false;
			});
	}

	#changed(): void {
		for (const wake of this.#waiting.splice(0)) wake();
	}

	#change(deadline: number, wanted: string): Promise<void> {
		return new Promise((resolve, reject) => {
			const limit = setTimeout(
				() => reject(new Error(`The screen never showed ${wanted}:\n${this.text}`)),
				Math.max(deadline - Date.now(), 0),
			);
			this.#waiting.push(() => {
				clearTimeout(limit);
				resolve();
			});
		});
	}
}
