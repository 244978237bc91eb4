import type {Instance} from 'ink';
import {wantsColour} from '../../colour.ts';
import {eventFor} from '../keys.ts';
import type {Size} from '../layout.ts';
import {screenLines} from '../frame-lines.ts';
import type {Store} from '../store.ts';
import {patienceMs, readStrokes, strokesOfRest, type Stroke} from './keystrokes.ts';
import {frameText, terminalOf, type Terminal} from './terminal.ts';
import {suspensionOf, type Suspension} from './suspend.ts';

interface Keyboard {
	/** Takes the terminal's input, key by key. */
	readonly take: () => void;
	/** Stops reading the input. */
	readonly release: () => void;
}

/** The keys that are pressed while the keyboard is taken. */
const keyboardOf = (stdin: NodeJS.ReadStream, onStroke: (stroke: Stroke) => void): Keyboard => {
	let rest = '';
	let waiting: NodeJS.Timeout | undefined;
	const tell = (strokes: readonly Stroke[]): void => {
		for (const stroke of strokes) onStroke(stroke);
	};
	const giveUp = (): void => {
		const unfinished = rest;
		rest = '';
		tell(strokesOfRest(unfinished));
	};
	const read = (data: string): void => {
		clearTimeout(waiting);
		const known = readStrokes(rest + data);
		rest = known.rest;
		if (rest !== '') waiting = setTimeout(giveUp, patienceMs(rest));
		tell(known.strokes);
	};
	return {
		take: () => {
			if (stdin.isTTY) stdin.setRawMode(true);
			stdin.setEncoding('utf8');
			stdin.on('data', read);
			stdin.resume();
		},
		release: () => {
			clearTimeout(waiting);
			rest = '';
			stdin.off('data', read);
			stdin.pause();
			if (stdin.isTTY) stdin.setRawMode(false);
		},
	};
};

export interface ScreenOptions {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly version: string;
	/** Whether the machine is a simulated one: the title and the conclusion say so. */
	readonly simulation: boolean;
	/** The environment variables, which decide about colors. */
	readonly environment: Readonly<Record<string, string | undefined>>;
}

export const sizeOf = ({columns, rows}: NodeJS.WriteStream): Size => ({
	columns: columns || 80,
	rows: rows || 24,
});

/** The wizard's life in the terminal: on the screen from the first question to the end of the run. */
export class WizardScreen {
	readonly colour: boolean;
	readonly #options: ScreenOptions;
	readonly #store: Store;
	readonly #terminal: Terminal;
	readonly #keyboard: Keyboard;
	#state: 'new' | 'open' | 'lent' | 'closed' = 'new';
	#app: Instance | undefined;
	#suspension: Suspension | undefined;

	constructor(options: ScreenOptions, store: Store) {
		this.colour = wantsColour(options.environment, true);
		this.#options = options;
		this.#store = store;
		this.#terminal = terminalOf(options.stdout);
		this.#keyboard = keyboardOf(options.stdin, (stroke) => this.#pressed(stroke));
	}

	/** Takes the terminal and begins to show the state. */
	readonly open = (): void => {
		if (this.#state !== 'new') return;
		this.#state = 'open';
		this.#take();
		process.once('exit', this.close);
		this.#options.stdout.on('resize', this.#resized);
		this.#suspension = suspensionOf({take: this.#take, release: this.#release}, process);
		this.#draw();
	};

	/** Restores the terminal. */
	readonly close = (): void => {
		const wasOpen = this.#state === 'open';
		this.#state = 'closed';
		process.off('exit', this.close);
		this.#options.stdout.off('resize', this.#resized);
		this.#suspension?.end();
		this.#app?.unmount();
		if (wasOpen) this.#release();
	};

	/** Lends the bare terminal to something that asks itself, such as sudo. */
	readonly lend = async <T>(ask: () => Promise<T>): Promise<T> => {
		if (this.#state !== 'open') return ask();
		this.#state = 'lent';
		this.#release();
		try {
			return await ask();
		} finally {
			this.#takeBack();
		}
	};

	/** The first frame does not wait for Ink, which takes as long to load as the rest of the program. */
	#draw(): void {
		const {stdin, stderr, version, simulation} = this.#options;
		const [store, terminal, colour] = [this.#store, this.#terminal, this.colour];
		const title = {version, simulation};
		terminal.frames.write(
			frameText(screenLines(store.get(), title), {width: store.get().size.columns, colour}),
		);
		void import('../wizard.tsx').then(({draw}) => {
			if (this.#state === 'closed') return;
			this.#app = draw({store, title, colour, terminal, stdin, stderr});
		});
	}

	#pressed(stroke: Stroke): void {
		if ('key' in stroke && stroke.key === 'ctrl-z') return this.#suspension?.suspend();
		const event = eventFor(stroke, this.#store.get());
		if (event) this.#store.send(event);
	}

	readonly #resized = (): void => {
		this.#terminal.forget();
		this.#store.send({type: 'resized', size: sizeOf(this.#options.stdout)});
	};

	readonly #take = (): void => {
		if (this.#state !== 'open') return;
		// The keyboard comes first: otherwise an early key would be echoed, and Ctrl-C would be a signal.
		this.#keyboard.take();
		this.#terminal.take();
		this.#resized();
	};

	readonly #release = (): void => {
		this.#terminal.release();
		this.#keyboard.release();
	};

	#takeBack(): void {
		if (this.#state !== 'lent') return;
		this.#state = 'open';
		this.#take();
	}
}

/** Updates the time on the screen while something runs. */
export const tickWhile = async <T>(store: Store, running: Promise<T>): Promise<T> => {
	const timer = setInterval(() => store.send({type: 'ticked', nowMs: Date.now()}), 100);
	timer.unref();
	try {
		return await running;
	} finally {
		clearInterval(timer);
	}
};
