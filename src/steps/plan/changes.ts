import {foundOn} from '../../platform/vira/programs.ts';
import type {Situation} from '../../platform/installed/situation.ts';
import type {Value} from '../../settings/option.ts';
import {
	defaultSettings,
	optionNames,
	optionOf,
	withGiven,
	type OptionName,
	type Settings,
} from '../../settings/options.ts';
import {maskSettings} from '../../settings/secrets/masker.ts';
import {entryName} from '../../settings/items.ts';
import {formatValue, isSameValue} from '../../settings/value.ts';
import {diffLines} from 'diff';
import type {Facts} from '../../platform/facts.ts';
import type {Action} from '../../platform/actions/action.ts';
import {modeText} from '../../platform/paths.ts';
import {isFileAction, type FileAction} from '../../platform/actions/change-file.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {versionsFolder} from '../load/our-folders.ts';

/** The settings of a plan; `mask` hides their secrets. */
export interface PlannedSettings {
	readonly settings: Settings;
	readonly mask: (text: string) => string;
}

/** A setting that differs from the saved one; secrets are masked. */
export interface SettingChange {
	readonly option: OptionName;
	readonly from: Value;
	readonly to: Value;
	/** Of a list or a map: the names of its items that differ. */
	readonly items?: Readonly<Record<'added' | 'changed' | 'removed', readonly string[]>>;
}

/** Items by name: those of a list are their own names. */
const itemsIn = (value: Value, isMap: boolean): ReadonlyMap<string, string> =>
	new Map(formatValue(value).map((text) => [isMap ? entryName(text) : text, text]));

const itemChanges = (
	name: OptionName,
	[from, to]: readonly [Value, Value],
	mask: (text: string) => string,
): Pick<SettingChange, 'items'> => {
	const {kind} = optionOf(name);
	if (kind !== 'list' && kind !== 'map') return {};
	const [before, after] = [itemsIn(from, kind === 'map'), itemsIn(to, kind === 'map')];
	const names = [...after.keys()];
	return {
		items: {
			added: names.filter((one) => !before.has(one)).map(mask),
			changed: names.filter((one) => before.has(one) && before.get(one) !== after.get(one)).map(mask),
			removed: [...before.keys()].filter((one) => !after.has(one)).map(mask),
		},
	};
};

/** What is saved, with the defaults of this machine; undefined: nothing is. */
export const savedSettings = ({facts, existing: {saved}}: Situation): Settings | undefined =>
	saved && withGiven(defaultSettings(foundOn(facts)), saved.given);

/** What differs between the saved settings and those of a plan, in the order of the form. */
export const settingChanges = (
	{settings, mask}: PlannedSettings,
	before: Settings | undefined,
): readonly SettingChange[] => {
	if (!before) return [];
	const [from, to] = [maskSettings(before, mask), maskSettings(settings, mask)];
	return optionNames
		.filter((name) => !isSameValue(before[name], settings[name]))
		.map((name) => ({
			option: name,
			from: from[name],
			to: to[name],
			...itemChanges(name, [before[name], settings[name]], mask),
		}));
};

/** Lines that stay, come or go together. */
interface Change {
	readonly added: boolean;
	readonly removed: boolean;
	/** Lines. */
	readonly count: number;
}

/** The time to find the shortest difference grows with the square of its length; a longer one is not worth it. */
const longestDifference = 500;

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];

/** How many lines are the same, from the beginning on. */
const sameLines = (before: readonly string[], after: readonly string[]): number => {
	const different = before.findIndex((line, index) => line !== after[index]);
	return different < 0 ? before.length : different;
};

const some = (count: number, kind: 'same' | 'added' | 'removed'): readonly Change[] =>
	count === 0 ? [] : [{added: kind === 'added', removed: kind === 'removed', count}];

/** What changes from one text to the other. */
export const changesBetween = (before: string, after: string): readonly Change[] => {
	const [old, now] = [linesOf(before), linesOf(after)];
	const first = sameLines(old, now);
	const [oldRest, nowRest] = [old.slice(first), now.slice(first)];
	const last = Math.min(
		sameLines(oldRest.toReversed(), nowRest.toReversed()),
		oldRest.length,
		nowRest.length,
	);
	const [removed, added] = [oldRest, nowRest].map((rest) => rest.slice(0, rest.length - last));
	const between =
		removed?.length && added?.length
			? diffLines(removed.join(''), added.join(''), {maxEditLength: longestDifference})
			: undefined;
	return [
		...some(first, 'same'),
		...(between ?? [...some(removed?.length ?? 0, 'removed'), ...some(added?.length ?? 0, 'added')]),
		...some(last, 'same'),
	];
};

/** A line of a file as the preview shows it. */
export interface DiffLine {
	readonly mark: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** The difference of the original texts, shown in masked lines: a secret can span several lines. */
const diffOf = (before: string, after: string, mask: (text: string) => string): readonly DiffLine[] => {
	const [old, now] = [mask(before).split('\n'), mask(after).split('\n')].map((lines) => lines.values());
	return changesBetween(before, after).flatMap(({added, removed, count}) =>
		Array.from({length: count}, () => {
			const [was, is] = [added ? undefined : old?.next().value, removed ? undefined : now?.next().value];
			return {mark: added ? 'added' : removed ? 'removed' : 'same', text: is ?? was ?? ''} as const;
		}),
	);
};

export interface PreviewFile {
	readonly path: string;
	/** Octal, four digits, such as `0600`. */
	readonly mode: string;
	readonly change: 'new' | 'changed' | 'deleted';
	/** Empty for receipts and backups: `why` says what they are for. */
	readonly lines: readonly DiffLine[];
	readonly why: string;
}

/** One action for a file that a plan writes more than once: from its current to its final content. */
export const wholeChanges = (actions: readonly Action[]): readonly FileAction[] => {
	const byPath = new Map<string, FileAction>();
	for (const action of actions.filter(isFileAction)) {
		const earlier = byPath.get(action.path);
		byPath.set(action.path, earlier ? ({...action, before: earlier.before} as FileAction) : action);
	}
	return [...byPath.values()];
};

/** The service first; the receipt last. */
export const inReadingOrder = (actions: readonly FileAction[], facts: Facts): readonly FileAction[] => {
	const {initialState, settings, receipt} = filesOf(facts);
	const order: readonly string[] = [...facts.serviceFiles, initialState, settings, receipt];
	const placeOf = ({path}: FileAction): number => (order.includes(path) ? order.indexOf(path) : order.length);
	return actions.toSorted((one, other) => placeOf(one) - placeOf(other));
};

/** Backups and the receipt: no one has to read their content. */
export const isNote = ({path}: FileAction, facts: Facts): boolean =>
	path === filesOf(facts).receipt || path.startsWith(`${versionsFolder(facts)}/`);

export const previewFile = (
	action: FileAction,
	facts: Facts,
	mask: (text: string) => string,
): PreviewFile => {
	const after = action.does === 'write-file' ? action.content : '';
	const mode = action.does === 'write-file' ? action.mode : action.before.mode;
	const change = action.does === 'delete-file' ? 'deleted' : action.before ? 'changed' : 'new';
	return {
		path: action.path,
		mode: modeText(mode),
		change,
		lines: isNote(action, facts) ? [] : diffOf(action.before?.content ?? '', after, mask),
		why: action.why,
	};
};
