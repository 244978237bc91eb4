import {Box, measureElement, Text, useCursor, type DOMElement} from 'ink';
import {useLayoutEffect, useRef, useState} from 'react';
import {visiblePart, type Edited} from './editing.ts';
import {useScroll} from './scroll-view.tsx';
import {widthOf} from './text.ts';

interface Cell {
	readonly x: number;
	readonly y: number;
}

/** A text that is being typed, with the cursor of the terminal in it. */
export const TypedText = ({edited, width}: {readonly edited: Edited; readonly width: number}) => {
	const {before, under, after} = visiblePart(edited, width);
	const ref = useRef<DOMElement>(null);
	const [origin, setOrigin] = useState<Cell>();
	const {setCursorPosition} = useCursor();
	const scroll = useScroll();
	useLayoutEffect(() => {
		if (!ref.current) return;
		const {x, y} = measureElement(ref.current);
		if (x !== origin?.x || y !== origin.y) setOrigin({x, y});
	});
	setCursorPosition(origin && {x: origin.x + widthOf(before), y: origin.y - (scroll?.top ?? 0)});
	return (
		<Box ref={ref} flexShrink={0}>
			<Text wrap="truncate">{before + under + after}</Text>
		</Box>
	);
};
