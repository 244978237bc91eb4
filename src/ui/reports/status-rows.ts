import type {StatusFact} from '../../platform/service-manager/service-manager.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {ownAdditions, proxyOf, type Status} from '../../steps/health/survey.ts';
import {momentText, shortPath, spanText, withShortPaths} from '../words/describe.ts';
import stringWidth from 'string-width';
import {wrapSentence} from '../text.ts';

/** One fact, with a mark if it is good or bad. */
export interface Row {
	readonly mark: '✔' | '!' | '✖' | ' ';
	readonly label: string;
	readonly value: string;
}

export const causeLabel = 'Cause';
export const loadedLabel = 'Loaded';
export const bootLabel = 'Starts at boot';
export const logoutLabel = 'After logout';
export const runningLabel = 'Running';
export const healthyLabel = 'Healthy';

/** With fewer columns than this beside the label, the value goes below it. */
const leastBeside = 40;

const below = ({mark, label, value}: Row, columns: number): readonly string[] => [
	`${mark} ${label}`,
	...wrapSentence(value, columns - 4).map((line) => `    ${line}`),
];

const linesOf = (row: Row, labelColumns: number, columns: number): readonly string[] => {
	const {mark, label, value} = row;
	const whole = `${mark} ${label.padEnd(labelColumns)}  ${value}`;
	if (stringWidth(whole) <= columns) return [whole];
	const indent = labelColumns + 4;
	if (columns - indent < leastBeside) return below(row, columns);
	const [first = '', ...rest] = wrapSentence(value, columns - indent);
	return [
		`${mark} ${label.padEnd(labelColumns)}  ${first}`,
		...rest.map((line) => ' '.repeat(indent) + line),
	];
};

/** One row below the other, values aligned; lines are folded only if the terminal's `columns` are known. */
export const tableLines = (rows: readonly Row[], columns = Infinity): readonly string[] => {
	const labelColumns = Math.max(...rows.map(({label}) => label.length));
	return rows.flatMap((row) => linesOf(row, labelColumns, columns));
};

const withoutPeriod = (message: string): string => message.replace(/\.$/u, '');

const row = (mark: Row['mark'], label: string, value: string): Row => ({mark, label, value});

const marked = (good: boolean, otherwise: '!' | '✖' = '!'): Row['mark'] => (good ? '✔' : otherwise);

const notAutomatic = 'no: it does not start automatically';

const enabled = ({service, facts}: Status): Row => {
	const {name, status} = managerOf(facts);
	const label = 'Enabled';
	if (service.masked) return row('✖', label, `masked: ${name} cannot start it`);
	if (service.enabled === undefined) return row('!', label, `unknown: ${name} does not report it`);
	return row(marked(service.enabled), label, service.enabled ? 'yes' : (status.disabled ?? notAutomatic));
};

const loaded = ({vitals, facts}: Status): Row => {
	if (vitals.loaded === undefined)
		return row('!', loadedLabel, `unknown: ${managerOf(facts).name} does not respond`);
	return row(marked(vitals.loaded), loadedLabel, vitals.loaded ? 'yes' : 'no');
};

const states: Readonly<Record<string, string>> = {
	activating: 'no: it is starting',
	deactivating: 'no: it is stopping',
	reloading: 'no: it is reloading',
	inactive: 'no: it is stopped',
	failed: 'no: it failed',
};

const aboutToStart = 'no: it exited and is about to restart';

const silent = ({facts, unclear}: Status): string => {
	const {name, status} = managerOf(facts);
	return unclear ? `unknown: ${name} does not respond` : `no: ${status.absent}`;
};

/** A service manager does not report the PID of a process that it does not track. */
const processText = ({service: {mainPid}, facts}: Status): string =>
	mainPid === undefined ? ` (PID unknown: ${managerOf(facts).name} does not track it)` : ` (PID ${mainPid})`;

const running = (status: Status): Row => {
	const {service, vitals, facts, diagnosis} = status;
	if (service.active !== 'active') {
		const value = service.awaitsRestart ? aboutToStart : (states[service.active] ?? silent(status));
		// The diagnosis has its own row below.
		const ending = diagnosis ? undefined : vitals.ending;
		return row('✖', runningLabel, ending === undefined ? value : withoutPeriod(`${value}. ${ending}`));
	}
	const {since} = vitals;
	const span = since === undefined ? '' : `, for ${spanText(Date.parse(facts.now) - since)}`;
	const from = since === undefined ? 'yes' : `since ${momentText(since)}`;
	return row('✔', runningLabel, `${from}${span}${processText(status)}`);
};

const page = ({page: seen, url, unclear}: Status): readonly Row[] => {
	if (url === undefined) return [];
	const value = seen?.message ?? (unclear ? 'unknown' : 'no: it is not running');
	return [row(marked(seen?.level === 'ok', '✖'), healthyLabel, withoutPeriod(value))];
};

const proxy = (status: Status): readonly Row[] => {
	const rule = proxyOf(status);
	return rule ? [row(' ', 'Proxy', `needed: it must forward ${rule.path} to ${rule.to}`)] : [];
};

const troubleRows = ({diagnosis, service}: Status): readonly Row[] => {
	if (!diagnosis) return [];
	const runs = service.active === 'active';
	const value = withoutPeriod(`${diagnosis.message} ${diagnosis.detail}`);
	return [runs ? row('!', 'Warning', value) : row('✖', causeLabel, value)];
};

const mebi = 2 ** 20;

const numbers = ({service, vitals}: Status): readonly Row[] => [
	...(service.active === 'unknown' || vitals.loaded === false
		? []
		: [row(' ', 'Restarts', String(service.restarts))]),
	...(vitals.memory === undefined ? [] : [row(' ', 'Memory', `${Math.round(vitals.memory / mebi)} MiB`)]),
];

const factOf = ({facts, installation, unclear}: Status): StatusFact => {
	const settings = installation.is === 'there' ? installation.settings : undefined;
	return managerOf(facts).status.fact(settings, unclear !== undefined);
};

/** The label of the row that only this service manager has. */
export const managerLabel = (status: Status): string => factOf(status).label;

const ofManager = (status: Status): Row => {
	const {good, label, value} = factOf(status);
	return row(marked(good), label, value);
};

const notAtBootText = ({nextStart: {when}, facts}: Status): string => {
	if (when === 'never') return notAutomatic;
	if (when === 'boot') return 'no: the disk is locked until someone enters a password';
	return managerOf(facts).status.onlyAtLogin;
};

const bootRowText = (status: Status): string => {
	const {startsAtBoot, bootUnknown = '', notAtBoot: why} = status.persistence;
	if (startsAtBoot === undefined)
		return bootUnknown === '' ? 'unknown' : `unknown: ${withoutPeriod(bootUnknown)}`;
	if (startsAtBoot) return 'yes';
	return why === undefined ? notAtBootText(status) : `no: ${withoutPeriod(why)}`;
};

const outlook = (status: Status): readonly Row[] => {
	const {startsAtBoot, survivesLogout} = status.persistence;
	return [
		row(marked(startsAtBoot === true), bootLabel, bootRowText(status)),
		row(marked(survivesLogout), logoutLabel, survivesLogout ? 'keeps running' : 'stops'),
	];
};

const installed = ({installation, facts}: Status): Row => {
	const label = 'Installed';
	if (installation.is === 'unreadable') {
		const {message: what, detail: why} = installation.failure;
		const value = why === undefined ? what : `${what} ${why}`;
		return row('✖', label, withoutPeriod(withShortPaths(value, facts.user.home)));
	}
	const {files} = installation.is === 'there' ? installation.existing : {};
	const file = facts.serviceFiles.find((path) => files?.has(path));
	return file === undefined
		? row('✖', label, 'no: the service file is missing')
		: row('✔', label, shortPath(file, facts.user.home));
};

const additions = (status: Status): readonly Row[] =>
	ownAdditions(status).map((path) =>
		row(' ', 'Drop-in', `${shortPath(path, status.facts.user.home)} (adds settings)`),
	);

/** The state of the service itself, one fact a row. */
export const statusRows = (status: Status): readonly Row[] => [
	installed(status),
	...additions(status),
	enabled(status),
	loaded(status),
	running(status),
	...troubleRows(status),
	...page(status),
	...proxy(status),
	...numbers(status),
	ofManager(status),
	...outlook(status),
];
