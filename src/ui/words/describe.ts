import type {BuildName, Update} from '../../steps/plan/preview.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Action, HealthCheck} from '../../platform/actions/action.ts';
import {describe} from '../../platform/actions/kinds.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {printable} from '../text.ts';

/** A path with `~` for the home folder. */
export const shortPath = (path: string, home: string): string => {
	if (path === home) return '~';
	return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
};

/** What an action does, on one line. */
export const describeAction = (action: Action, home: string): string =>
	printable(maskLooks(describe(action, (path) => shortPath(path, home))));

/** The checks after the last action. */
export const checkTexts: Readonly<Record<HealthCheck, string>> = {
	running: 'Check that Vira keeps running',
	responding: 'Wait for Vira to respond',
};

/** undefined: unknown. */
export const yesOrNo = (yes: boolean | undefined): string => {
	if (yes === undefined) return 'unknown';
	return yes ? 'yes' : 'no';
};

const units: readonly (readonly [ms: number, one: string, many: string])[] = [
	[86400000, 'day', 'days'],
	[3600000, 'hour', 'hours'],
	[60000, 'minute', 'minutes'],
	[1000, 'second', 'seconds'],
];

/** `1 repository`, `3 repositories`. */
export const countOf = (count: number, one: string, many: string): string =>
	`${count} ${count === 1 ? one : many}`;

/** A span of time in its largest unit, such as `3 hours`. */
export const spanText = (ms: number): string => {
	const [size, one, many] = units.find(([unit]) => ms >= unit) ?? [1000, 'second', 'seconds'];
	return countOf(Math.max(0, Math.floor(ms / size)), one, many);
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A moment in local time, such as `2026-03-02 09:00`. */
export const momentText = (at: number): string => {
	const date = new Date(at);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
	return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
};

/** A value as it is shown, with its unit if the option has one: `14 days`. */
export const withUnit = (name: OptionName, text: string): string => {
	const option = optionOf(name);
	const unit = option.kind === 'number' ? option.unit : undefined;
	if (unit === undefined || !/^\d+$/u.test(text)) return text;
	if (Number(text) === 0 && unit.zero !== undefined) return unit.zero;
	return `${text} ${Number(text) === 1 ? unit.one : unit.many}`;
};

/** Writes `~/` for the home folder at the beginning of words: within quotes, a shell does not expand `~`. */
export const withShortPaths = (text: string, home: string): string =>
	text
		.split(`${home}/`)
		.map((part, index, parts) => {
			if (index === 0) return part;
			const before = parts[index - 1] ?? '';
			const beginsWord = before === '' ? index === 1 : /[\s(]/u.test(before.slice(-1));
			return `${beginsWord ? '~' : home}/${part}`;
		})
		.join('');

/** `0.1.0 (858ab06)`, or the name in the store: `openssh-9.9p1`. */
export const buildText = ({version, revision, storePath}: BuildName): string => {
	if (version === undefined) return storePath?.replace(/^\/nix\/store\/[^-]*-/u, '') ?? 'not built yet';
	return revision === undefined ? version : `${version} (${revision.slice(0, 7)})`;
};

const shortHash = ({storePath = ''}: BuildName): string => storePath.slice('/nix/store/'.length).slice(0, 7);

/** Two builds with the same name differ in their hashes only. */
const updateText = ({from, to}: Update): string => {
	const [before, after] = [buildText(from), buildText(to)];
	return before === after ? `${before}, ${shortHash(from)} → ${shortHash(to)}` : `${before} → ${after}`;
};

/** Each newer build on a line of its own, such as `Vira  0.1.0 (858ab06) → 0.2.0 (9c41d20)`. */
export const updateLines = (updates: readonly Update[]): readonly string[] => {
	const nameOf = ({isVira, installable}: Update): string => (isVira ? 'Vira' : maskLooks(installable));
	const width = Math.max(...updates.map((one) => nameOf(one).length));
	return updates.map((one) => printable(`${nameOf(one).padEnd(width)}  ${updateText(one)}`));
};
