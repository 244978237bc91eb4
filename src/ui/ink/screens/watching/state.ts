import {printable} from '../../../text.ts';
import {plainRows, type OutputLine} from '../../components/rows.ts';
import type {Watched, WizardEvent, WizardState} from '../../wizard-model.ts';

/** So that a log that is followed for days fits into memory. */
const mostLines = 10_000;

const longestLine = 5000;

const shortenedLine = (line: string): string =>
	line.length > longestLine ? `${line.slice(0, longestLine)} …` : line;

const outputLine = (text: string, width: number): OutputLine => ({text, rows: plainRows(text, width)});

const rowCount = (lines: readonly OutputLine[]): number =>
	lines.reduce((sum, {rows}) => sum + rows.length, 0);

const withOutput = (state: WizardState, watched: Watched, output: readonly OutputLine[]): WizardState => ({
	...state,
	screen: {at: 'watching', watched: {...watched, output}},
});

/** What the person reads stays where it is, also when the oldest lines are dropped. */
const said = (state: WizardState, watched: Watched, lines: readonly string[]): WizardState => {
	const {columns} = state.size;
	const added = lines.slice(-mostLines).map((line) => outputLine(printable(shortenedLine(line)), columns));
	const dropped = Math.max(0, watched.output.length + added.length - mostLines);
	const gone = rowCount(watched.output.slice(0, dropped));
	const next = withOutput(state, watched, [...watched.output.slice(dropped), ...added]);
	return {...next, scroll: state.scroll === undefined ? undefined : Math.max(0, state.scroll - gone)};
};

const inOutput = (state: WizardState, watched: Watched, event: WizardEvent): WizardState | undefined => {
	switch (event.type) {
		case 'said':
			return said(state, watched, event.lines);
		case 'resized': {
			const {columns} = event.size;
			const output = watched.output.map(({text}) => outputLine(text, columns));
			return withOutput({...state, size: event.size}, watched, output);
		}
		case 'ended':
			return {
				...state,
				screen: {at: 'watching', watched: {...watched, is: watched.is === 'left' ? 'left' : 'ended'}},
			};
		case 'left':
			return {...state, screen: {at: 'watching', watched: {...watched, is: 'left'}}};
		default:
			return undefined;
	}
};

/** Every change of what runs while the person watches; undefined: another kind of event. */
export const watchingAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen} = state;
	if (event.type === 'watched')
		return {...state, screen: {at: 'watching', watched: {...event.work, is: 'running', output: []}}};
	return screen.at === 'watching' ? inOutput(state, screen.watched, event) : undefined;
};
