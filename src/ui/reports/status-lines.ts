import {withShortPaths} from '../words/describe.ts';
import {type Fix, fixText} from '../../notice.ts';
import {notSetUp} from '../../steps/health/installation.ts';
import type {Drift} from '../../steps/health/drift-of-files.ts';
import type {Status} from '../../steps/health/survey.ts';
import {showLog} from '../../platform/service-manager/service-words.ts';
import {printable} from '../text.ts';
import {failureLines} from '../error-report.ts';
import {countText} from '../words/phrases.ts';
import {
	statusRows,
	tableLines,
	type Row,
	healthyLabel,
	runningLabel,
	loadedLabel,
	causeLabel,
	managerLabel,
	bootLabel,
	logoutLabel,
} from './status-rows.ts';
import {differences} from '../../settings/flags.ts';
import {type Settings, type OptionName, optionOf, optionNames} from '../../settings/options.ts';
import {maskItem, masker} from '../../settings/secrets/masker.ts';
import {formatValue} from '../../settings/value.ts';
import {momentText, withUnit} from '../words/describe.ts';

/** So that everything fits on one screen. */
const mostDrift = 3;

const mostSteps = 3;

/** Drift that has its own row. */
const inOwnRow: readonly Drift['code'][] = ['lingering-off', 'not-enabled'];

const drifted = ({drift, facts, mask}: Status): readonly Row[] => {
	const untold = drift.filter(({code}) => !inOwnRow.includes(code));
	const rows = untold.map(({message}) => ({
		mark: '!' as const,
		label: 'Warning',
		value: withShortPaths(mask(message), facts.user.home).replace(/\.$/u, ''),
	}));
	const more = rows.length - mostDrift;
	return more > 0
		? [
				...rows.slice(0, mostDrift),
				{mark: '!', label: 'Warning', value: `${more} more: vira-setup status --json`},
			]
		: rows;
};

const usual = ({toStart, healthy}: Status): readonly Fix[] => [...toStart, ...(healthy ? [] : [showLog])];

/** What to do, the most specific first, each command once. */
const statusFixes = (status: Status): readonly Fix[] => {
	const {installation, diagnosis, drift} = status;
	const steps =
		installation.is === 'unreadable'
			? (installation.failure.fixes ?? [])
			: [...drift.flatMap(({fixes = []}) => fixes), ...(diagnosis?.fixes ?? usual(status))];
	const told = steps.map(({command, say}) => command ?? say);
	return steps.filter((_, index) => told.indexOf(told[index] ?? '') === index).slice(0, mostSteps);
};

/** What is said of a stopped service that a login starts. */
const aboutStarts: readonly string[] = [bootLabel, logoutLabel];

/** These rows say that Vira is not running. */
const aboutRunning: readonly string[] = [runningLabel, healthyLabel];

const headline = ({service, healthy, unclear, url, drift}: Status): string => {
	if (healthy) return '✔ Vira is running and healthy.';
	if (unclear) return '✖ It is unknown whether Vira is running.';
	if (service.leftRunning) return '✖ The service is stopped, but Vira is still running.';
	if (service.active !== 'active') return '✖ Vira is not running.';
	if (url === undefined) return '✖ Vira is running, but its settings cannot be read.';
	return drift.some(({code}) => code === 'not-applied')
		? '✖ Vira is running, but the saved settings are not applied.'
		: '✖ Vira is running, but not healthy.';
};

const tableOf = (rows: readonly Row[], columns?: number): readonly string[] =>
	tableLines(
		rows.map((row) => ({...row, value: printable(row.value)})),
		columns,
	);

const statusNextLines = (status: Status): readonly string[] => {
	const next = statusFixes(status);
	return next.length > 0 ? ['', ...next.map((fix) => `  ${printable(fixText(fix))}`)] : [];
};

/** On a small screen, the problems are visible first. */
const worstFirst = (rows: readonly Row[]): readonly Row[] =>
	rows.toSorted((one, other) => Number(other.mark === '✖') - Number(one.mark === '✖'));

/** The time if it was today, otherwise the day. */
const sinceText = (at: number, now: number): string => {
	const [day = '', time = ''] = momentText(at).split(' ');
	return momentText(now).startsWith(day) ? time : day;
};

/** Whether it is stopped and nothing is wrong: the overview offers to start it. */
const isOnlyStopped = ({service, diagnosis, drift, unclear, hindrance}: Status): boolean =>
	service.active === 'inactive' &&
	!service.leftRunning &&
	(!diagnosis || diagnosis.asStopped === true) &&
	!unclear &&
	!hindrance &&
	drift.length === 0;

/** Whether nothing but the login starts it again, as it is set up to. */
const startsAtLogin = ({nextStart, persistence}: Status): boolean =>
	nextStart.when === 'login' && persistence.startsAtBoot === false && persistence.notAtBoot === undefined;

/** When a service starts, if nothing about that is a warning. */
const startWords = (status: Status): readonly string[] => {
	if (status.persistence.startsAtBoot === true) return ['starts at boot'];
	return isOnlyStopped(status) && startsAtLogin(status) ? ['starts when you log in'] : [];
};

/** The state in one line: a service that does not start at boot is among the warnings. */
const stateLine = (status: Status, warnings: string): string => {
	const {healthy, url = '', facts, vitals} = status;
	const boot = warnings === '' ? startWords(status) : [warnings];
	if (isOnlyStopped(status)) return `! ${[`Vira is stopped: ${url}`, ...boot].join(' · ')}`;
	if (!healthy) return headline(status);
	const {since} = vitals;
	const parts = [
		`Vira is running: ${url}`,
		...(since === undefined ? [] : [`since ${sinceText(since, Date.parse(facts.now))}`]),
		...boot,
	];
	return `${warnings === '' ? '✔' : '!'} ${parts.join(' · ')}`;
};

/** The labels of the rows that the line of a stopped service replaces. */
const toldByState = (status: Status): readonly string[] => [
	...aboutRunning,
	...(status.diagnosis ? [causeLabel, loadedLabel, managerLabel(status)] : []),
	...(startsAtLogin(status) ? aboutStarts : []),
];

/** The state in short, for a screen that has to show more than that: what is not well, and what to do about it. */
export const surveyLines = (status: Status): readonly [state: string, ...problems: string[]] => {
	const all = [...statusRows(status), ...drifted(status)];
	const isStopped = isOnlyStopped(status);
	const wrong = all.filter(({mark}) => mark === '✖' || mark === '!');
	const told = isStopped ? toldByState(status) : [];
	const rows = worstFirst(wrong.filter(({label}) => !told.includes(label)));
	const count = (wanted: Row['mark']): number => rows.filter(({mark}) => mark === wanted).length;
	const warnings = countText({problems: count('✖'), warnings: count('!')});
	return [
		stateLine(status, warnings),
		...(rows.length > 0 ? tableOf(rows) : []),
		...(isStopped ? [] : statusNextLines(status)),
	];
};

/** The output of `status`, folded to the columns of the terminal; without `columns`, one line for each fact. */
export const statusLines = (status: Status, columns?: number): readonly string[] => {
	const {installation, facts} = status;
	if (installation.is === 'nothing') return failureLines(notSetUp(facts, installation)).map(printable);
	const rows = [...statusRows(status), ...drifted(status)];
	return [headline(status), ...tableOf(rows, columns), ...statusNextLines(status)];
};

/** As wide as the labels of the status, so that both tables are aligned. */
const leastLabel = 14;

const mostItems = 3;

const itemsText = (settings: Settings, name: OptionName, mask: (text: string) => string): string => {
	const option = optionOf(name);
	const texts = formatValue(settings[name]);
	if (option.kind === 'toggle') return settings[name] === true ? 'on' : 'off';
	const shown = texts.slice(0, mostItems).map((text) => maskItem(name, text, mask));
	const more = texts.length > mostItems ? `, and ${texts.length - mostItems} more` : '';
	return shown.join(', ') === '' ? 'none' : withUnit(name, shown.join(', ')) + more;
};

/** Settings that were changed from the defaults, one line each, without secrets. */
export const differenceLines = (settings: Settings, defaults: Settings): readonly string[] => {
	const changed = new Set(differences(defaults, settings).map(({option}) => option));
	const mask = masker(settings);
	const names = optionNames.filter((name) => changed.has(name));
	const width = Math.max(leastLabel, ...names.map((name) => optionOf(name).label.length));
	return names.map(
		(name) => `${optionOf(name).label.padEnd(width)}  ${printable(itemsText(settings, name, mask))}`,
	);
};
