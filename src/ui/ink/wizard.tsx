import {Box, Text, render, type Instance} from 'ink';
import {createContext, useContext, useLayoutEffect, useSyncExternalStore} from 'react';
import {type Line, type Span, colours, cursorIn} from './components/line.ts';
import {type Title, screenLines} from './frame-lines.ts';
import {layoutOf, type Size} from './layout.ts';
import type {Store} from './store.ts';
import type {Cell, Terminal} from './terminal/terminal.ts';

/** Whether colors may be used; dim and bold do not depend on it. */
const Colour = createContext(true);

const Piece = ({span}: {readonly span: Span}) => {
	const colour = useContext(Colour);
	const name = colour && span.tone && span.tone !== 'quiet' ? colours[span.tone] : undefined;
	return (
		<Text
			{...(name === undefined ? {} : {color: name})}
			dimColor={span.tone === 'quiet'}
			bold={span.bold ?? false}
		>
			{span.text}
		</Text>
	);
};

/** Lines of the screen, one below the other; each is cut at the right edge. */
const Lines = ({lines}: {readonly lines: readonly Line[]}) => (
	<Box flexDirection="column" flexShrink={0}>
		{lines.map((line, row) => (
			<Text key={row} wrap="truncate">
				{line.length === 0 ? ' ' : line.map((span, at) => <Piece key={at} span={span} />)}
			</Text>
		))}
	</Box>
);

const TooSmall = ({columns, rows}: Size) => (
	<Text wrap="truncate">{`Please enlarge the window (${columns}×${rows}).`}</Text>
);

interface WizardProps {
	readonly store: Store;
	readonly title: Title;
	readonly colour: boolean;
	/** Called after each frame with the position of the cursor. */
	readonly onCursor: (cell: Cell | undefined) => void;
}

/** Draws the state; all decisions are made elsewhere. */
const Wizard = ({store, title, colour, onCursor}: WizardProps) => {
	const state = useSyncExternalStore(store.subscribe, store.get);
	const {columns, rows} = state.size;
	const {tooSmall} = layoutOf(state.size);
	const lines = tooSmall ? [] : screenLines(state, title);
	useLayoutEffect(() => {
		onCursor(cursorIn(lines));
	});
	return (
		<Colour value={colour}>
			<Box width={columns} height={rows} flexDirection="column">
				{tooSmall ? <TooSmall {...state.size} /> : <Lines lines={lines} />}
			</Box>
		</Colour>
	);
};

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
