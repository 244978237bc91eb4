import {render, type Instance, type Key} from 'ink';
import type {Outcome} from '../../steps/outcome.ts';
import type {Progress} from '../../steps/progress.ts';
import type {Proposal} from '../../steps/propose.ts';
import {conclusion} from '../conclusion.ts';
import type {Question, Ui} from '../ui.ts';
import {finalWords} from './final-words.ts';
import {eventFor} from './keys.ts';
import {installText} from './install-lines.ts';
import {readInput, type Pasting} from './keystrokes.ts';
import type {Size} from './layout.ts';
import {createStore, type Store} from './store.ts';
import {terminalOf} from './terminal.ts';
import type {WizardEvent} from './wizard-model.ts';
import {firstState} from './wizard-state.ts';
import {Wizard} from './wizard.tsx';

export interface InkUiOptions {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly version: string;
	/** Whether the machine is a simulated one: the title says so. */
	readonly rehearsal: boolean;
	/** The person wants to end the run. Called once. */
	readonly onQuit: () => void;
	/** What NO_COLOR and TERM say, unless it is given. */
	readonly colour?: boolean;
}

const sizeOf = ({columns, rows}: NodeJS.WriteStream): Size => ({columns: columns || 80, rows: rows || 24});

/** https://no-color.org: any value that is not empty. */
const colourWanted = (): boolean => (process.env['NO_COLOR'] ?? '') === '';

const inputReader = (store: Store): ((input: string, key: Key) => void) => {
	let pasting: Pasting;
	return (input, key) => {
		const read = readInput(pasting, input, key);
		pasting = read.pasting;
		for (const stroke of read.strokes) {
			const event = eventFor(stroke, store.get());
			if (event) store.send(event);
		}
	};
};

/** The wizard's life in the terminal: on the screen from the first question to the end of the run. */
const openScreen = (options: InkUiOptions, store: Store) => {
	const {stdin, stdout, stderr, version, rehearsal} = options;
	const terminal = terminalOf(stdin, stdout);
	const colour = options.colour ?? colourWanted();
	let app: Instance | undefined;
	let closed = false;
	const resized = (): void => {
		terminal.forget();
		store.send({type: 'resized', size: sizeOf(stdout)});
	};
	const close = (): void => {
		if (closed) return;
		closed = true;
		process.off('exit', close);
		stdout.off('resize', resized);
		app?.unmount();
		terminal.close();
	};
	const open = (): void => {
		if (app || closed) return;
		terminal.open();
		process.once('exit', close);
		stdout.on('resize', resized);
		const wizard = (
			<Wizard store={store} title={{version, rehearsal}} colour={colour} onInput={inputReader(store)} />
		);
		app = render(wizard, {
			stdin,
			stdout: terminal.frames,
			stderr,
			// Hands over every frame whole instead of redrawing by itself; see terminal.ts.
			debug: true,
			exitOnCtrlC: false,
			patchConsole: false,
			isScreenReaderEnabled: false,
		});
	};
	return {open, close, colour};
};

/** Lets time pass on the screen while something runs. */
const tickWhile = async <T,>(store: Store, running: Promise<T>): Promise<T> => {
	const timer = setInterval(() => store.send({type: 'ticked', nowMs: Date.now()}), 100);
	timer.unref();
	try {
		return await running;
	} finally {
		clearInterval(timer);
	}
};

const drain = async <T,>(store: Store, stream: AsyncGenerator<Progress, T>): Promise<T> => {
	for (;;) {
		const next = await stream.next();
		if (next.done) return next.value;
		store.send({type: 'progressed', progress: next.value, nowMs: Date.now()});
	}
};

const urlOf = (outcome: Outcome): string | undefined =>
	'verdict' in outcome ? outcome.verdict.url : undefined;

/** The wizard: the front end for a person at a terminal that can redraw. */
export const inkUi = (options: InkUiOptions): Ui => {
	const {stdout, onQuit} = options;
	const store = createStore(firstState(sizeOf(stdout)));
	const screen = openScreen(options, store);
	const show = (event: WizardEvent): void => {
		store.send(event);
		screen.open();
	};
	const stopWatching = store.subscribe(() => {
		if (!store.get().quit) return;
		stopWatching();
		// What was begun on the machine is followed to its end on the screen.
		if (store.get().screen.at !== 'install') screen.close();
		onQuit();
	});
	return {
		refuse: (refusals, facts) => {
			show({type: 'refused', refusals, facts});
			return store.until(({screen: now}) => (now.at === 'refused' ? now.simulate : undefined));
		},
		ask: async (question: Question): Promise<Proposal> => {
			show({type: 'asked', question});
			for (;;) {
				const now = await store.until(({screen: one}) =>
					one.at === 'looking' || one.at === 'accepted' ? one : undefined,
				);
				if (now.at === 'accepted') return now.proposal;
				const proposed = await store.unlessQuit(question.propose(now.settings));
				store.send({type: 'looked', proposed});
			}
		},
		follow: (stream) => {
			show({type: 'followed'});
			return tickWhile(store, drain(store, stream));
		},
		conclude: (outcome) => {
			screen.close();
			const {install, facts} = store.get();
			const done = installText(install);
			const lines = [...done, ...(done.length > 0 ? [''] : []), ...conclusion(outcome, facts)];
			const words = finalWords(lines, {
				colour: screen.colour,
				url: urlOf(outcome),
				hyperlinks: stdout.isTTY && process.env['TERM'] !== 'dumb',
			});
			return new Promise((resolve) => stdout.write(words, () => resolve()));
		},
		close: screen.close,
	};
};
