import {Box, Text} from 'ink';
import {useLayoutEffect, useSyncExternalStore} from 'react';
import {bodyOf} from './body-lines.ts';
import {footerLine, moreText, ruleLine, titleLine, type Title} from './frame-lines.ts';
import {hintsOf} from './keys.ts';
import {layoutOf, type Size} from './layout.ts';
import {cursorIn, type Line} from './line.ts';
import {Colour, Lines} from './lines.tsx';
import type {Store} from './store.ts';
import type {Cell} from './terminal.ts';
import type {WizardState} from './wizard-model.ts';

/** Every line of the screen, from top to bottom. */
export const screenLines = (state: WizardState, title: Title): readonly Line[] => {
	const layout = layoutOf(state.size);
	const body = bodyOf(state);
	const more = moreText(body.top, body.lines.length, body.height);
	const rule = layout.compact ? [] : [ruleLine(layout)];
	const shown = body.lines.slice(body.top, body.top + body.height);
	return [
		titleLine(title, state, layout.width),
		...rule,
		...shown,
		...Array<Line>(body.height - shown.length).fill([]),
		...body.fixed,
		...rule,
		footerLine(hintsOf(state), more, layout.width),
	];
};

const TooSmall = ({columns, rows}: Size) => (
	<Text wrap="truncate">{`Please enlarge the window (${columns}×${rows}).`}</Text>
);

export interface WizardProps {
	readonly store: Store;
	readonly title: Title;
	readonly colour: boolean;
	/** Told after each frame where the cursor belongs in it. */
	readonly onCursor: (cell: Cell | undefined) => void;
}

/** Draws the state; every decision is made elsewhere. */
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
