import {render, type Instance, type Key} from 'ink';
import {eventFor} from './keys.ts';
import {readInput, type Pasting} from './keystrokes.ts';
import type {Size} from './layout.ts';
import type {Store} from './store.ts';
import {terminalOf} from './terminal.ts';
import {Wizard} from './wizard.tsx';

export interface ScreenOptions {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly version: string;
	/** Whether the machine is a simulated one: the title and the final words say so. */
	readonly rehearsal: boolean;
	/** The variables of whoever runs the program: NO_COLOR. */
	readonly environment: Readonly<Record<string, string | undefined>>;
}

export const sizeOf = ({columns, rows}: NodeJS.WriteStream): Size => ({
	columns: columns || 80,
	rows: rows || 24,
});

/** https://no-color.org: any value that is not empty. */
const colourWanted = ({environment}: ScreenOptions): boolean => (environment['NO_COLOR'] ?? '') === '';

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
export const screenOf = (options: ScreenOptions, store: Store) => {
	const {stdin, stdout, stderr, version, rehearsal} = options;
	const terminal = terminalOf(stdin, stdout);
	const colour = colourWanted(options);
	let app: Instance | undefined;
	let closed = false;
	const resized = (): void => {
		terminal.forget();
		store.send({type: 'resized', size: sizeOf(stdout)});
	};
	const take = (): void => {
		terminal.open();
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
	const giveUp = (): void => {
		stdout.off('resize', resized);
		app?.unmount();
		app = undefined;
		terminal.close();
	};
	const close = (): void => {
		if (closed) return;
		closed = true;
		process.off('exit', close);
		giveUp();
	};
	const open = (): void => {
		if (app || closed) return;
		process.once('exit', close);
		take();
	};
	const lend = (): void => {
		giveUp();
		// Two readers of one terminal would share what is typed.
		stdin.pause();
	};
	const takeBack = (): void => {
		if (closed) return;
		take();
		resized();
	};
	return {open, close, lend, takeBack, colour};
};
