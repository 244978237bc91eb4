import {render, type Instance} from 'ink';
import {keyboardOf} from './keyboard.ts';
import {wantsColour} from '../wants-colour.ts';
import {eventFor} from './keys.ts';
import type {Stroke} from './keystrokes.ts';
import type {Size} from './layout.ts';
import type {Store} from './store.ts';
import {suspensionOf, type Suspension} from './suspend.ts';
import {terminalOf} from './terminal.ts';
import {Wizard} from './wizard.tsx';

export interface ScreenOptions {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly version: string;
	/** Whether the machine is a simulated one: the title and the final words say so. */
	readonly rehearsal: boolean;
	/** The variables of whoever runs the program: whether there are colours. */
	readonly environment: Readonly<Record<string, string | undefined>>;
}

export const sizeOf = ({columns, rows}: NodeJS.WriteStream): Size => ({
	columns: columns || 80,
	rows: rows || 24,
});

/** The wizard's life in the terminal: on the screen from the first question to the end of the run. */
export const screenOf = (options: ScreenOptions, store: Store) => {
	const {stdin, stdout, stderr, version, rehearsal, environment} = options;
	const terminal = terminalOf(stdout);
	const keyboard = keyboardOf(stdin, (stroke) => pressed(stroke));
	const colour = wantsColour(environment, true);
	let state: 'new' | 'open' | 'lent' | 'closed' = 'new';
	let app: Instance | undefined;
	let suspension: Suspension | undefined;
	const pressed = (stroke: Stroke): void => {
		if ('key' in stroke && stroke.key === 'ctrl-z') return suspension?.suspend();
		const event = eventFor(stroke, store.get());
		if (event) store.send(event);
	};
	const resized = (): void => {
		terminal.forget();
		store.send({type: 'resized', size: sizeOf(stdout)});
	};
	const take = (): void => {
		if (state !== 'open') return;
		// First: a key pressed at once would be echoed, and Ctrl-C a signal.
		keyboard.take();
		terminal.take();
		resized();
	};
	const release = (): void => {
		terminal.release();
		keyboard.release();
	};
	const takeBack = (): void => {
		if (state !== 'lent') return;
		state = 'open';
		take();
	};
	const close = (): void => {
		const wasOpen = state === 'open';
		state = 'closed';
		process.off('exit', close);
		stdout.off('resize', resized);
		suspension?.end();
		app?.unmount();
		if (wasOpen) release();
	};
	const open = (): void => {
		if (state !== 'new') return;
		state = 'open';
		take();
		process.once('exit', close);
		stdout.on('resize', resized);
		suspension = suspensionOf({take, release}, process);
		const wizard = (
			<Wizard store={store} title={{version, rehearsal}} colour={colour} onCursor={terminal.placeCursor} />
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
	/** Gives the bare terminal to something that asks by itself, such as sudo, and takes it back afterwards. */
	const lend = async <T,>(ask: () => Promise<T>): Promise<T> => {
		if (state !== 'open') return ask();
		state = 'lent';
		release();
		try {
			return await ask();
		} finally {
			takeBack();
		}
	};
	return {open, close, lend, colour};
};
