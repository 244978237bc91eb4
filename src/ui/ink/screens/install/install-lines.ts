import {printable} from '../../../printable.ts';
import {stopping} from '../../../words/phrases.ts';
import {codeLines, cut, paragraph, widthOf, type Line, type Span} from '../../components/line.ts';
import type {InstallRow, InstallState, WizardState} from '../../wizard-model.ts';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

const seconds = (ms: number): string =>
	ms < 10_000 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000));

/** The spinner of what is running. */
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

/** What was done, as it stays in the terminal after the wizard's screen closes. */
export const installText = ({rows}: InstallState): readonly string[] =>
	rows
		.filter(({saidAgain}) => !saidAgain)
		.flatMap((row) => [
			`${mark(row, 0).text}${row.text}`,
			...(row.why === undefined ? [] : [`    ${printable(row.why)}`]),
		]);

const barWidth = 20;

/** The elapsed part of the time as a bar; the numbers after it say the same. */
const bar = (part: number): string => {
	const full = Math.round(Math.min(Math.max(part, 0), 1) * barWidth);
	return '█'.repeat(full) + '░'.repeat(barWidth - full);
};

const elapsed = (row: InstallRow, nowMs: number, width: number): string => {
	const ms = Math.max(0, (row.endedMs ?? nowMs) - row.beganMs);
	if (row.at === 'running' && row.withinMs !== undefined) {
		const numbers = `  ${Math.round(ms / 1000)} of ${Math.round(row.withinMs / 1000)} s`;
		return width < 70 ? numbers : `  ${bar(ms / row.withinMs)}${numbers}`;
	}
	return ms < 100 ? '' : `  ${seconds(ms)} s`;
};

const detailLines = ({details = []}: InstallRow, width: number): readonly Line[] =>
	details.flatMap((line) =>
		codeLines(printable(line), {width, mark: {text: '    '}, style: {tone: 'quiet'}}),
	);

const rowLines = (row: InstallRow, nowMs: number, width: number): readonly Line[] => {
	const time = elapsed(row, nowMs, width);
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

const isFolderMade = ({does, at}: InstallRow): boolean => does === 'make-folder' && at === 'done';

/** Combines created folders that follow each other into one row. */
const folded = (rows: readonly InstallRow[]): readonly InstallRow[] => {
	const shown: InstallRow[] = [];
	let count = 0;
	for (const row of rows) {
		const last = shown.at(-1);
		count = last && isFolderMade(last) && isFolderMade(row) ? count + 1 : 1;
		if (count > 1 && last) shown[shown.length - 1] = {...last, ...row, text: `Create ${count} folders`};
		else shown.push(row);
	}
	return shown;
};

/** Everything done so far, the newest at the end. */
export const installLines = ({install, nowMs, quit}: WizardState, width: number): readonly Line[] => [
	...(install.detailed
		? install.rows.flatMap((row) => [...rowLines(row, nowMs, width), ...detailLines(row, width)])
		: folded(install.rows).flatMap((row) => rowLines(row, nowMs, width))),
	...(quit
		? paragraph(stopping, {
				width,
				mark: {text: '! ', tone: 'warn'},
			})
		: []),
];
