import {Box, Text, useInput, type Key} from 'ink';
import {useSyncExternalStore} from 'react';
import {bodyOf} from './body-lines.ts';
import {footerLine, moreText, ruleLine, titleLine, type Title} from './frame-lines.ts';
import {hintsOf} from './keys.ts';
import {layoutOf, type Size} from './layout.ts';
import {Colour, Lines} from './lines.tsx';
import type {Store} from './store.ts';
import type {WizardState} from './wizard-model.ts';

interface FrameProps {
	readonly state: WizardState;
	readonly title: Title;
}

const Frame = ({state, title}: FrameProps) => {
	const layout = layoutOf(state.size);
	const body = bodyOf(state);
	const more = moreText(body.top, body.lines.length, body.height);
	const rule = layout.compact ? [] : [ruleLine(layout)];
	return (
		<>
			<Lines lines={[titleLine(title, state, layout.width), ...rule]} />
			<Box height={body.height} flexShrink={0}>
				<Lines lines={body.lines.slice(body.top, body.top + body.height)} />
			</Box>
			<Lines lines={[...body.fixed, ...rule, footerLine(hintsOf(state), more, layout.width)]} />
		</>
	);
};

const TooSmall = ({columns, rows}: Size) => (
	<Text wrap="truncate">{`Please enlarge the window (${columns}×${rows}).`}</Text>
);

export interface WizardProps {
	readonly store: Store;
	readonly title: Title;
	readonly colour: boolean;
	readonly onInput: (input: string, key: Key) => void;
}

/** Draws the state and hands on what is typed; every decision is made elsewhere. */
export const Wizard = ({store, title, colour, onInput}: WizardProps) => {
	const state = useSyncExternalStore(store.subscribe, store.get);
	useInput(onInput);
	const {columns, rows} = state.size;
	return (
		<Colour value={colour}>
			<Box width={columns} height={rows} flexDirection="column" overflow="hidden">
				{layoutOf(state.size).tooSmall ? <TooSmall {...state.size} /> : <Frame state={state} title={title} />}
			</Box>
		</Colour>
	);
};
