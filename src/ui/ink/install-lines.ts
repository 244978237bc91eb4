import {printable} from '../printable.ts';
import type {InstallRow, InstallState} from './install-state.ts';
import {cut, paragraph, widthOf, type Line, type Span} from './line.ts';
import type {WizardState} from './wizard-model.ts';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

const seconds = (ms: number): string =>
	ms < 10_000 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000));

/** The sign that something goes on. */
export const spinnerAt = (nowMs: number): string =>
	spinner[Math.floor(nowMs / 100) % spinner.length] ?? spinner[0];

const mark = (row: InstallRow, nowMs: number): Span => {
	switch (row.at) {
		case 'running':
			return {text: `${spinnerAt(nowMs)} `, tone: 'accent'};
		case 'done':
			return {text: '✔ ', tone: 'good'};
		case 'failed':
			return {text: '✖ ', tone: 'bad'};
		case 'concern':
			return {text: '! ', tone: 'warn'};
	}
};

/** What was done, for the terminal to keep once the wizard's screen is gone. */
export const installText = ({rows}: InstallState): readonly string[] =>
	rows
		.filter(({saidAgain}) => !saidAgain)
		.flatMap((row) => [
			`${mark(row, 0).text}${row.text}`,
			...(row.why === undefined ? [] : [`    ${printable(row.why)}`]),
		]);

const elapsed = (row: InstallRow, nowMs: number): string => {
	const ms = Math.max(0, (row.endedMs ?? nowMs) - row.beganMs);
	if (row.at === 'running' && row.withinMs !== undefined)
		return `  ${Math.round(ms / 1000)} of ${Math.round(row.withinMs / 1000)} s`;
	return ms < 100 ? '' : `  ${seconds(ms)} s`;
};

const rowLines = (row: InstallRow, nowMs: number, width: number): readonly Line[] => {
	const time = elapsed(row, nowMs);
	return [
		[
			mark(row, nowMs),
			{text: cut(row.text, width - 2 - widthOf(time)), bold: row.at === 'running'},
			{text: time, tone: 'quiet'},
		],
		...(row.at === 'running' && row.line !== undefined
			? [[{text: `    ${cut(printable(row.line), width - 4)}`, tone: 'quiet'} as const]]
			: []),
		...(row.why === undefined ? [] : paragraph(row.why, {width, mark: {text: '    '}})),
	];
};

/** Everything that was done so far, the newest at the end. */
export const installLines = ({install, nowMs, quit}: WizardState, width: number): readonly Line[] => [
	...install.rows.flatMap((row) => rowLines(row, nowMs, width)),
	...(quit
		? paragraph('Stopping… what was begun is finished or taken back first.', {
				width,
				mark: {text: '! ', tone: 'warn'},
			})
		: []),
];
