import {Box} from 'ink';
import type {ReactNode} from 'react';
import {focusMark, type Span} from './rows.ts';
import {Pieces, Sentence, Toned} from './toned.tsx';

interface ComplaintsProps {
	readonly texts: readonly string[];
	readonly sign?: '✖' | '!';
}

/** Problems or warnings, below what they are about. */
export const Complaints = ({texts, sign = '✖'}: ComplaintsProps) =>
	texts.map((text, index) => (
		<Sentence key={index} mark={{text: `    ${sign} `, tone: sign === '!' ? 'warn' : 'bad'}}>
			{text}
		</Sentence>
	));

/** An item, or the row that adds one. */
export const Item = ({here, span}: {readonly here: boolean; readonly span: Span}) => (
	<Pieces row={[focusMark(here, '    '), {bold: here, ...span}]} />
);

interface DraftItemProps {
	/** The text that is being typed. */
	readonly children: ReactNode;
	/** What a text has to look like, while there is none. */
	readonly placeholder: string;
}

/** An item that is being typed. */
export const DraftItem = ({children, placeholder}: DraftItemProps) => (
	<Box height={1}>
		<Box flexShrink={0}>
			<Pieces row={[focusMark(true, '    ')]} />
		</Box>
		{children}
		<Toned tone="quiet">{placeholder}</Toned>
	</Box>
);

const More = ({count, arrow}: {readonly count: number; readonly arrow: '↑' | '↓'}) =>
	count > 0 && <Toned tone="quiet">{`      ${arrow} ${count} more`}</Toned>;

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
