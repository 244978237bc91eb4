import {render, type Instance} from 'ink';
import type {Title} from './frame-lines.ts';
import type {Store} from './store.ts';
import type {Terminal} from './terminal.ts';
import {Wizard} from './wizard.tsx';

interface Drawing {
	readonly store: Store;
	readonly title: Title;
	readonly colour: boolean;
	readonly terminal: Terminal;
	readonly stdin: NodeJS.ReadStream;
	readonly stderr: NodeJS.WriteStream;
}

/** Has Ink draw the state from now on, whenever it changes. What draws takes as long to load as all the rest. */
export const draw = ({store, title, colour, terminal, stdin, stderr}: Drawing): Instance =>
	render(<Wizard store={store} title={title} colour={colour} onCursor={terminal.placeCursor} />, {
		stdin,
		stdout: terminal.frames,
		stderr,
		// Hands over every frame whole instead of redrawing by itself; see terminal.ts.
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
		isScreenReaderEnabled: false,
	});
