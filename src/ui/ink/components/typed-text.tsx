import {Box, measureElement, Text, useCursor, type DOMElement} from 'ink';
import {useLayoutEffect, useRef, useState} from 'react';
import {useWizard} from './context.ts';
import {visiblePart, type Edited} from '../../form/editing.ts';
import {useScrollTop} from './scroll-view.tsx';
import {widthOf} from '../../text.ts';

interface Cell {
	readonly x: number;
	readonly y: number;
}

interface TypedTextProps {
	readonly edited: Edited;
	readonly width: number;
	/** Where it is expected in the layout: otherwise the cursor is there only in the next frame. */
	readonly expected?: Cell | undefined;
}

/** A text that is being typed, with the cursor of the terminal in it. */
export const TypedText = ({edited, width, expected}: TypedTextProps) => {
	const {before, under, after} = visiblePart(edited, width);
	const ref = useRef<DOMElement>(null);
	const [measured, setMeasured] = useState<Cell>();
	const {setCursorPosition} = useCursor();
	const top = useScrollTop() ?? 0;
	const {view} = useWizard().state;
	const origin = measured ?? expected;
	useLayoutEffect(() => {
		if (!ref.current) return;
		const {x, y} = measureElement(ref.current);
		setMeasured((before) => {
			const known = before ?? expected;
			return x === known?.x && y === known.y ? before : {x, y};
		});
	}, [edited, expected, view]);
	setCursorPosition(origin && {x: origin.x + widthOf(before), y: origin.y - top});
	return (
		<Box ref={ref} flexShrink={0}>
			<Text wrap="truncate">{before + under + after}</Text>
		</Box>
	);
};
