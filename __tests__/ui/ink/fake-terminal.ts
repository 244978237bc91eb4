import {PassThrough, Writable} from 'node:stream';
import {isDeepStrictEqual} from 'node:util';
import xterm from '@xterm/headless';

/** A cell of the screen, counted from 0. */
interface Cell {
	readonly row: number;
	readonly column: number;
}

/** A terminal without a window: the output of a program can be read as the screen that a user would see. */
export const fakeTerminal = (columns = 80, rows = 24) => {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const watchers = new Set<() => void>();
	const written: string[] = [];
	let raw = false;
	let cursorShown = true;
	for (const [final, shown] of [
		['h', true],
		['l', false],
	] as const) {
		terminal.parser.registerCsiHandler({prefix: '?', final}, (parameters) => {
			if (parameters.includes(25)) cursorShown = shown;
			return false;
		});
	}
	const output = new Writable({
		decodeStrings: false,
		write: (data: string, _encoding, done) => {
			written.push(data);
			terminal.write(data.replaceAll(/(?<!\r)\n/gu, '\r\n'), () => {
				for (const watcher of [...watchers]) watcher();
			});
			done();
		},
	});
	// As with the standard output of a process, what is piped to it does not end it.
	const stdout = Object.assign(output, {
		isTTY: true,
		_isStdio: true,
		columns,
		rows,
	}) as unknown as NodeJS.WriteStream;
	const input = new PassThrough();
	const stdin = Object.assign(input, {
		isTTY: true,
		ref: () => input,
		unref: () => input,
		setRawMode: (on: boolean) => {
			raw = on;
			return input;
		},
	}) as unknown as NodeJS.ReadStream;

	const screen = (): readonly string[] => {
		const {active} = terminal.buffer;
		return Array.from({length: active.length}, (_, row) =>
			(active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
		);
	};
	const cursor = (): Cell | undefined => {
		const {active} = terminal.buffer;
		return cursorShown ? {row: active.cursorY, column: active.cursorX} : undefined;
	};
	const until = (isThere: () => boolean): Promise<void> =>
		new Promise((resolve) => {
			const look = (): void => {
				if (!isThere()) return;
				watchers.delete(look);
				resolve();
			};
			watchers.add(look);
			look();
		});
	return {
		stdin,
		stdout,
		screen,
		/** Waits until the text is on the screen, and returns the screen. */
		shows: async (text: string): Promise<readonly string[]> => {
			await until(() => screen().join('\n').includes(text));
			return screen();
		},
		/** Waits until the text is on the screen that many times, and returns the screen. */
		showsTimes: async (text: string, times: number): Promise<readonly string[]> => {
			await until(() => screen().join('\n').split(text).length > times);
			return screen();
		},
		/** Waits until all that was written is on the screen. */
		drawn: () =>
			new Promise<void>((resolve) => {
				terminal.write('', resolve);
			}),
		/** The position of the cursor; undefined: it is hidden. */
		cursor,
		cursorAt: (cell: Cell): Promise<void> => until(() => isDeepStrictEqual(cursor(), cell)),
		type: (keys: string) => input.write(keys),
		resize: (wide: number, high: number): void => {
			terminal.resize(wide, high);
			Object.assign(stdout, {columns: wide, rows: high});
			stdout.emit('resize');
		},
		isRaw: () => raw,
		isReading: () => input.listenerCount('data') > 0,
		isAlternate: () => terminal.buffer.active.type === 'alternate',
		pastes: () => terminal.modes.bracketedPasteMode,
		written: () => written.join(''),
	};
};
