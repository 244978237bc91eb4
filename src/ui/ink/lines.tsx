import {Box, Text} from 'ink';
import {createContext, useContext} from 'react';
import type {Line, Span} from './line.ts';
import {colours} from './tones.ts';

/** Whether colors may be used; dim and bold do not depend on it. */
export const Colour = createContext(true);

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
export const Lines = ({lines}: {readonly lines: readonly Line[]}) => (
	<Box flexDirection="column" flexShrink={0}>
		{lines.map((line, row) => (
			<Text key={row} wrap="truncate">
				{line.length === 0 ? ' ' : line.map((span, at) => <Piece key={at} span={span} />)}
			</Text>
		))}
	</Box>
);
