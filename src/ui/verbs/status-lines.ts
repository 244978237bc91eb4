import type {Complaint} from '../../errors.ts';
import {notSetUp} from '../../steps/installation.ts';
import {seeLog} from '../../steps/service-words.ts';
import type {Drift} from '../../steps/status/drift.ts';
import type {Status} from '../../steps/status/survey.ts';
import {printable} from '../printable.ts';
import {statusRows, withShortPaths} from './status-rows.ts';
import {tableLines, type Row} from './table.ts';

/** So that all of it stands on one screen. */
const mostDrift = 3;
const mostSteps = 3;

/** What has a row of its own. */
const inOwnRow: readonly Drift['code'][] = ['lingering-off', 'not-enabled'];

const drifted = ({drift, facts, mask}: Status): readonly Row[] => {
	const untold = drift.filter(({code}) => !inOwnRow.includes(code));
	const rows = untold.map(({message}) => ({
		mark: '!' as const,
		label: 'Differs',
		value: withShortPaths(mask(message), facts.user.home).replace(/\.$/u, ''),
	}));
	const more = rows.length - mostDrift;
	return more > 0
		? [
				...rows.slice(0, mostDrift),
				{mark: '!', label: 'Differs', value: `${more} more: vira-setup status --json`},
			]
		: rows;
};

/** A command, and after three blanks what it does. */
const commandIn = (line: string): string => line.split('   ', 1)[0] ?? '';

const usual = ({toStart, healthy}: Status): readonly string[] => [...toStart, ...(healthy ? [] : [seeLog])];

/** What to do, the most telling first, each command once. */
const nextSteps = (status: Status): readonly string[] => {
	const {installation, diagnosis, drift} = status;
	const steps =
		installation.is === 'unreadable'
			? (installation.complaint.next ?? [])
			: [
					...drift.flatMap(({fixes}) => (fixes === undefined ? [] : [fixes])),
					...(diagnosis?.fixes ?? usual(status)),
				];
	const once = steps.filter(
		(step, index) => steps.findIndex((one) => commandIn(one) === commandIn(step)) === index,
	);
	return once.slice(0, mostSteps);
};

const headline = ({service, healthy, unclear, url, drift}: Status): string => {
	if (healthy) return '✔ Vira runs and answers.';
	if (unclear) return '✖ It cannot be told whether Vira runs.';
	if (service.leftRunning) return '✖ The service is stopped, but Vira still runs.';
	if (service.active !== 'active') return '✖ Vira does not run.';
	if (url === undefined) return '✖ Vira runs, and what it was set up with cannot be read.';
	return drift.some(({code}) => code === 'not-applied')
		? '✖ Vira runs, but not with the settings that are saved.'
		: '✖ Vira is running, but not healthy.';
};

const nothingThere = ({what, why, next = []}: Complaint): readonly string[] =>
	[`✖ ${what}`, ...(why ?? '').split('\n').filter((line) => line !== ''), ...next].map((line, index) =>
		index === 0 ? line : `  ${line}`,
	);

const tableOf = (rows: readonly Row[], columns?: number): readonly string[] =>
	tableLines(
		rows.map((row) => ({...row, value: printable(row.value)})),
		columns,
	);

const nextLines = (status: Status): readonly string[] => {
	const next = nextSteps(status);
	return next.length > 0 ? ['', ...next.map((line) => `  ${printable(line)}`)] : [];
};

const gravity: Readonly<Record<Row['mark'], number>> = {'✖': 0, '!': 1, '✔': 2, ' ': 2};

/** Where only a few rows can be seen at once, what is wrong is among them. */
const worstFirst = (rows: readonly Row[]): readonly Row[] =>
	rows.toSorted((one, other) => gravity[one.mark] - gravity[other.mark]);

/** The same facts for a screen that shows a part of them. */
export const surveyLines = (status: Status): readonly string[] => {
	const rows = worstFirst([...statusRows(status), ...drifted(status)]);
	const count = rows.filter(({mark}) => mark === '✖' || mark === '!').length;
	const first =
		status.healthy && count > 0
			? `! Vira runs and answers; ${count === 1 ? '1 thing is' : `${count} things are`} worth a look.`
			: headline(status);
	return [first, ...tableOf(rows), ...nextLines(status)];
};

/** What `status` says, in lines that fit a terminal of so many columns; without them, a line for each fact. */
export const statusLines = (status: Status, columns?: number): readonly string[] => {
	const {installation, facts} = status;
	if (installation.is === 'nothing') return nothingThere(notSetUp(facts, installation)).map(printable);
	const rows = [...statusRows(status), ...drifted(status)];
	return [headline(status), ...tableOf(rows, columns), ...nextLines(status)];
};
