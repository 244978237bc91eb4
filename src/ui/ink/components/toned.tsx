import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import {useLayout, useWizard} from './context.ts';
import {codeRows, sentenceRows, type Row, type Shape, type Tone} from './rows.ts';

/** The colors of the tones, from the sixteen that every terminal has; the quiet tone is dim instead. */
const colours = {good: 'green', warn: 'yellow', bad: 'red', accent: 'cyan'} as const;

interface TonedProps {
	readonly tone?: Tone | undefined;
	readonly bold?: boolean | undefined;
	readonly children: ReactNode;
}

/** Text on one line, cut at the edge, in the color of its meaning. */
export const Toned = ({tone, bold = false, children}: TonedProps) => {
	const {colour} = useWizard();
	return (
		<Text
			wrap="truncate"
			{...(colour && tone && tone !== 'quiet' && {color: colours[tone]})}
			dimColor={tone === 'quiet'}
			bold={bold}
		>
			{children}
		</Text>
	);
};

/** A piece of a line that is never cut. */
export const Fixed = ({width, ...toned}: TonedProps & {readonly width?: number}) => (
	<Box flexShrink={0} {...(width !== undefined && {width})}>
		<Toned {...toned} />
	</Box>
);

export const Rows = ({rows}: {readonly rows: readonly Row[]}) =>
	rows.map((row, index) => (
		<Box key={index} flexShrink={0} height={1}>
			<Text wrap="truncate">
				{row.map((span, at) => (
					<Toned key={at} {...span}>
						{span.text}
					</Toned>
				))}
			</Text>
		</Box>
	));

export const Blank = () => <Box flexShrink={0} height={1} />;

type Wrapped = Omit<Shape, 'width'> & {readonly children: string};

/** A sentence, wrapped between words. */
export const Sentence = ({children, ...shape}: Wrapped) => {
	const {width} = useLayout();
	return <Rows rows={sentenceRows(children, {width, ...shape})} />;
};

/** A command or a line of a file, complete. */
export const Code = ({children, ...shape}: Wrapped) => {
	const {width} = useLayout();
	return <Rows rows={codeRows(children, {width, ...shape})} />;
};
