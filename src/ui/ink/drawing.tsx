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

/** Lets Ink draw the state whenever it changes. Ink takes as long to load as the rest of the program. */
export const draw = ({store, title, colour, terminal, stdin, stderr}: Drawing): Instance =>
	render(<Wizard store={store} title={title} colour={colour} onCursor={terminal.placeCursor} />, {
		stdin,
		stdout: terminal.frames,
		stderr,
		// Writes every frame in full instead of redrawing itself; see terminal.ts.
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
		isScreenReaderEnabled: false,
	});
