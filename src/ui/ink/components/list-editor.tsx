import {Box} from 'ink';
import type {ReactNode} from 'react';
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
	<Box flexShrink={0} height={1}>
		<Fixed tone="accent">{here ? '    › ' : '      '}</Fixed>
		{children}
	</Box>
);

const More = ({count, arrow}: {readonly count: number; readonly arrow: '↑' | '↓'}) =>
	count > 0 && (
		<Box flexShrink={0} height={1}>
			<Toned tone="quiet">{`      ${arrow} ${count} more`}</Toned>
		</Box>
	);

interface ListEditorProps {
	/** Rows that are not drawn. */
	readonly above: number;
	readonly below: number;
	readonly children: ReactNode;
}

/** The rows of a list that is edited in place: those around the focus. */
export const ListEditor = ({above, below, children}: ListEditorProps) => (
	<>
		<More count={above} arrow="↑" />
		{children}
		<More count={below} arrow="↓" />
	</>
);
