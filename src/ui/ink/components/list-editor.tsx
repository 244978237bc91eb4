import {Box} from 'ink';
import type {ReactNode} from 'react';
import {useFocusRef} from './scroll-view.tsx';
import {Fixed, Sentence, Toned} from './toned.tsx';

/** A problem or a warning, below what it is about. */
export const Complaints = ({
	texts,
	sign = '✖',
}: {
	readonly texts: readonly string[];
	readonly sign?: '✖' | '!';
}) =>
	texts.map((text, index) => (
		<Sentence key={index} mark={{text: `    ${sign} `, tone: sign === '!' ? 'warn' : 'bad'}}>
			{text}
		</Sentence>
	));

interface ItemProps {
	readonly here: boolean;
	readonly children: ReactNode;
}

/** One row of a list: an item, the one that is typed, or the row that adds one. */
export const Item = ({here, children}: ItemProps) => (
	<Box ref={useFocusRef(here) ?? null} flexShrink={0} height={1}>
		<Fixed tone="accent">{here ? '    › ' : '      '}</Fixed>
		{children}
	</Box>
);

/** The rows around the focused one, as many as are in sight. */
const windowAround = (index: number, count: number, height: number): {from: number; to: number} => {
	const from = Math.max(0, Math.min(index - Math.floor(height / 2), count - height));
	return {from, to: Math.min(count, from + height)};
};

const More = ({count, arrow}: {readonly count: number; readonly arrow: '↑' | '↓'}) =>
	count > 0 && (
		<Box flexShrink={0} height={1}>
			<Toned tone="quiet">{`      ${arrow} ${count} more`}</Toned>
		</Box>
	);

interface ListEditorProps {
	readonly count: number;
	/** The focused row. */
	readonly index: number;
	/** Rows in sight: of thousands only these are drawn. */
	readonly height: number;
	readonly rowAt: (index: number) => ReactNode;
}

/** The rows of a list that is edited in place. */
export const ListEditor = ({count, index, height, rowAt}: ListEditorProps) => {
	const {from, to} = windowAround(index, count, height);
	return (
		<>
			<More count={from} arrow="↑" />
			{Array.from({length: to - from}, (_, offset) => rowAt(from + offset))}
			<More count={count - to} arrow="↓" />
		</>
	);
};
