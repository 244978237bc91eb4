import {Box, Text} from 'ink';
import {useLayoutEffect, useSyncExternalStore} from 'react';
import type {Title} from './frame-lines.ts';
import {layoutOf, type Size} from './layout.ts';
import {cursorIn} from './line.ts';
import {Colour, Lines} from './lines.tsx';
import {screenLines} from './screen-lines.ts';
import type {Store} from './store.ts';
import type {Cell} from './terminal.ts';

const TooSmall = ({columns, rows}: Size) => (
	<Text wrap="truncate">{`Please enlarge the window (${columns}×${rows}).`}</Text>
);

export interface WizardProps {
	readonly store: Store;
	readonly title: Title;
	readonly colour: boolean;
	/** Called after each frame with the position of the cursor. */
	readonly onCursor: (cell: Cell | undefined) => void;
}

/** Draws the state; all decisions are made elsewhere. */
export const Wizard = ({store, title, colour, onCursor}: WizardProps) => {
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
