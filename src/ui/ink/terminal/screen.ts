// What Ink lacks: only a component can lend the terminal, and only once Ink is loaded. In a window of another size it
// draws the old frame first, and trusts the terminal to have kept it in place.

import type {SuspendTerminal, TerminalSuspension} from 'ink';
import {wantsColour} from '../../output.ts';
import type {draw, Drawn} from '../app.tsx';
import type {Title} from '../components/title.ts';
import type {Size} from '../layout.ts';
import {hiddenLines, nearby, topOf} from '../scroll.ts';
import type {Store} from '../wizard-state.ts';
import {firstFrame, leaveScreen, readyForInk, takeScreen} from './first-frame.ts';
import {keyboardOf} from './keyboard.ts';
import {suspensionOf, type Suspension} from './suspend.ts';
import {wholeFramesOn, type WholeFrames} from './whole-frames.ts';

export interface ScreenOptions extends Title {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	/** The environment variables, which decide about colors. */
	readonly environment: Readonly<Record<string, string | undefined>>;
}

export const sizeOf = ({columns, rows}: NodeJS.WriteStream): Size => ({
	columns: columns || 80,
	rows: rows || 24,
});

/** DECSC (ctlseqs). */
const saveCursor = '\u001B7';

/** The wizard's life in the terminal: on the screen from the first question to the end of the run. */
export class WizardScreen {
	readonly colour: boolean;
	readonly #options: ScreenOptions;
	readonly #store: Store;
	readonly #keyboard: NodeJS.ReadStream;
	readonly #frames: WholeFrames;
	#state: 'new' | 'open' | 'lent' | 'closed' = 'new';
	#app: Drawn | undefined;
	#suspend: SuspendTerminal | undefined;
	#lent: Promise<TerminalSuspension> | undefined;
	#job: Suspension | undefined;
	#draw: typeof draw | undefined;
	#unsubscribe = (): void => undefined;
	#scrolled = '';
	#content = 0;

	constructor(options: ScreenOptions, store: Store) {
		this.colour = wantsColour(options.environment, true);
		this.#options = options;
		this.#store = store;
		this.#keyboard = keyboardOf(options.stdin);
		this.#frames = wholeFramesOn(options.stdout, () => this.drawn());
	}

	/** Takes the terminal and begins to show the state. */
	readonly open = (): void => {
		if (this.#state !== 'new') return;
		this.#state = 'open';
		process.once('exit', this.close);
		this.#job = suspensionOf({take: this.#take, release: this.#release}, process);
		this.#take();
		void import('../app.tsx').then(({draw}) => {
			this.#draw = draw;
			this.#begin();
		});
	};

	/** Restores the terminal. */
	readonly close = (): void => {
		const wasOpen = this.#state === 'open';
		this.#state = 'closed';
		process.off('exit', this.close);
		this.#job?.end();
		this.#options.stdout.off('resize', this.#resized);
		// Ink leaves its screen once more, and the cursor goes where it was saved.
		if (this.#lent) this.#frames.stdout.write(saveCursor);
		if (this.#app) this.#app.unmount();
		else if (wasOpen) this.#frames.stdout.write(leaveScreen);
		if (wasOpen) this.#keyboard.setRawMode(false);
		this.#unsubscribe();
		this.#frames.release();
	};

	/** Lends the bare terminal to something that asks itself, such as sudo. */
	readonly lend = async <T>(ask: () => Promise<T>): Promise<T> => {
		if (this.#state !== 'open') return ask();
		this.#release();
		this.#state = 'lent';
		try {
			return await ask();
		} finally {
			if (this.#isLent()) {
				this.#state = 'open';
				this.#take();
			}
		}
	};

	/** Resolves when the state is on the screen. */
	readonly drawn = async (): Promise<void> => this.#app?.waitUntilRenderFlush();

	#isLent(): boolean {
		return this.#state === 'lent';
	}

	/** What a change does to the scroll position, and to the rows in sight, is known, and drawn, after the change itself. */
	readonly #hold = (): void => {
		const state = this.#store.get();
		const {above, below} = hiddenLines(state);
		const {content} = state.view;
		const scrolled = `${topOf(state)} ${above} ${below}`;
		this.#frames.hold(scrolled !== this.#scrolled || Math.abs(content - this.#content) > nearby);
		this.#scrolled = scrolled;
		this.#content = content;
	};

	/** The screen is empty until the whole frame is there. */
	#holdAll(): void {
		this.#frames.hold(false);
		this.#frames.hold(true);
	}

	readonly #release = (): void => {
		if (this.#state !== 'open') return;
		if (this.#suspend) {
			this.#lent ??= this.#suspend();
			this.#frames.release();
			return;
		}
		this.#frames.stdout.write(leaveScreen);
		this.#keyboard.setRawMode(false);
	};

	readonly #take = (): void => {
		if (this.#state !== 'open') return;
		if (this.#app) {
			// Ink begins at the cursor, wherever it is.
			this.#frames.stdout.write(takeScreen(''));
			void this.#lent?.then(({resume}) => resume());
			this.#lent = undefined;
			// If the window has another size now, only who had the terminal was told. Node looks again at this signal.
			process.kill(process.pid, 'SIGWINCH');
			return;
		}
		const {stdout, version, simulation} = this.#options;
		// The keyboard comes first: otherwise an early key would be echoed, and Ctrl-C would be a signal.
		this.#keyboard.setRawMode(true);
		this.#frames.stdout.write(takeScreen(firstFrame({version, simulation}, sizeOf(stdout))));
		this.#begin();
	};

	/** Lets Ink take over, as soon as it is loaded. */
	#begin(): void {
		if (this.#state !== 'open' || !this.#draw || this.#app) return;
		const {stdout, stderr, version, simulation} = this.#options;
		this.#store.send({type: 'resized', size: sizeOf(stdout)});
		this.#holdAll();
		this.#frames.stdout.write(readyForInk);
		stdout.on('resize', this.#resized);
		this.#unsubscribe = this.#store.subscribe(this.#hold);
		this.#app = this.#draw({
			store: this.#store,
			title: {version, simulation},
			colour: this.colour,
			stdin: this.#keyboard,
			stdout: this.#frames.stdout,
			stderr,
			onReady: (suspend) => {
				this.#suspend = suspend;
			},
			onSuspend: () => this.#job?.suspend(),
			onSettled: this.#frames.settle,
		});
	}

	/**
	 * Ink expects its frame where it was, also in a window of another size; and it draws the old frame again before any
	 * component hears of the new size.
	 */
	readonly #resized = (): void => {
		if (!this.#lent) {
			this.#holdAll();
			this.#app?.clear();
			this.#frames.stdout.write(readyForInk);
		}
		this.#store.send({type: 'resized', size: sizeOf(this.#options.stdout)});
		this.#app?.redraw();
	};
}
