import {isInstallable} from './nix.ts';
import type {ListOption, MapOption, NumberOption, Option, PathOption, Shape, Value} from './option.ts';
import {folderNameProblem, pathProblem, textProblem} from './problem.ts';

export type Parsed<T> =
	{readonly good: true; readonly value: T} | {readonly good: false; readonly problem: string};

const good = <T>(value: T): Parsed<T> => ({good: true, value});
export const refused = (problem: string): Parsed<never> => ({good: false, problem});

const whole = (text: string): Parsed<string> => {
	const reason = textProblem(text);
	return reason === undefined ? good(text) : refused(reason);
};

/** The value that was meant by a nearly correct one. */
export const meantBy = (text: string, {pattern, nearly}: Shape): string | undefined => {
	const meant = nearly?.meant(text);
	return meant !== undefined && pattern.test(meant) ? meant : undefined;
};

const shaped = (text: string, shape: Shape): Parsed<string> => {
	const possible = whole(text);
	if (!possible.good) return possible;
	const meant = shape.within?.exec(text)?.[1] ?? text;
	if (shape.pattern.test(meant)) return good(meant);
	const offered = meantBy(text, shape);
	return refused(
		offered === undefined ? shape.problem : `Use ${offered}: ${shape.nearly?.why ?? shape.problem}`,
	);
};

const parseNumber = (text: string, option: NumberOption): Parsed<number | undefined> => {
	const trimmed = text.trim();
	if (trimmed === '' && option.optional) return good(undefined);
	const number = /^\d{1,15}$/u.test(trimmed) ? Number(trimmed) : Number.NaN;
	const range = option.max === 1_000_000 ? `, ${option.min} or more` : ` from ${option.min} to ${option.max}`;
	return number >= option.min && number <= option.max
		? good(number)
		: refused(`Must be a whole number${range}.`);
};

const parsePath = (text: string, option: PathOption): Parsed<string | undefined> => {
	if (text === '') return option.optional ? good(undefined) : refused('A path is required.');
	if (option.installable !== undefined && isInstallable(text)) return whole(text);
	const reason = pathProblem(text);
	if (reason !== undefined) return refused(reason);
	if (/[\n\r]/u.test(text)) return refused('Must be one line.');
	return /^(?:\/|~(?:\/|$))/u.test(text)
		? good(text)
		: refused(
				option.installable === undefined
					? 'Must be a path that starts with / or ~/.'
					: `Must be a path that starts with / or ~/, or a Nix package such as ${option.installable}. For a flake in a folder: path:/FOLDER.`,
			);
};

const parseToggle = (text: string): Parsed<boolean> => {
	if (/^(?:true|yes|y|on|1)$/iu.test(text)) return good(true);
	return /^(?:false|no|n|off|0)$/iu.test(text) ? good(false) : refused('Must be true or false.');
};

/** Whether a text says that a switch is on, or that it is off. */
export const isOnOrOff = (text: string): boolean => parseToggle(text).good;

export const mustBeOneOf = (choices: readonly string[]): string => `Must be one of: ${choices.join(', ')}.`;

const parseChoice = (text: string, choices: readonly string[]): Parsed<string> => {
	const choice = choices.find((name) => name.toLowerCase() === text.trim().toLowerCase());
	return choice === undefined ? refused(mustBeOneOf(choices)) : good(choice);
};

/** An item of a list, as typed. */
export const parseItem = (text: string, option: ListOption): Parsed<string> => {
	const item = shaped(text, option.itemShape);
	const reason = item.good && /^[\/~]/u.test(text) ? pathProblem(text) : undefined;
	return reason === undefined ? item : refused(reason);
};

/** Why a name of the right shape is still refused. */
const nameProblem = (name: string, {refused = {}, namesFolders = false}: MapOption): string | undefined => {
	if (Object.hasOwn(refused, name)) return refused[name];
	return namesFolders ? folderNameProblem(name) : undefined;
};

const checkEntry = (
	entry: readonly [string, string],
	option: MapOption,
): Parsed<readonly [string, string]> => {
	const name = shaped(entry[0], option.nameShape);
	if (!name.good) return name;
	const reason = nameProblem(entry[0], option);
	if (reason !== undefined) return refused(reason);
	const value = shaped(entry[1], option.valueShape);
	if (!value.good) return value;
	const together = textProblem(entry.join('='));
	return together === undefined ? good(entry) : refused(together);
};

/** The two parts of `NAME=VALUE`, split at the first `=`. */
export const parseEntry = (text: string, option: MapOption): Parsed<readonly [string, string]> => {
	const divide = text.indexOf('=');
	if (divide < 0) return refused(`Must have the form ${option.placeholder ?? 'NAME=VALUE'}.`);
	return checkEntry([text.slice(0, divide), text.slice(divide + 1)], option);
};

/** How to refer to an item: by its name only, because its value may be a secret. */
export const entryName = (text: string): string => text.split('=', 1)[0] ?? '';

/** An entry without a name may be entirely secret, so its position is used. */
const labelOf = (text: string, index: number): string =>
	text.includes('=') ? entryName(text) : `item ${index + 1}`;

const collect = <T>(parsed: readonly Parsed<T>[], labels: readonly string[]): Parsed<readonly T[]> => {
	const wrong = parsed.flatMap((one, index) => (one.good ? [] : [`${labels[index] ?? ''}: ${one.problem}`]));
	return wrong.length > 0
		? refused(wrong.join(' '))
		: good(parsed.flatMap((one) => (one.good ? [one.value] : [])));
};

/** The first name that occurs twice. */
const repeatedIn = (names: readonly string[]): string | undefined => {
	const seen = new Set<string>();
	return names.find((name) => seen.has(name) || !seen.add(name));
};

const asRecord = (
	entries: readonly (readonly [string, string])[],
): Parsed<Readonly<Record<string, string>>> => {
	const repeated = repeatedIn(entries.map(([name]) => name));
	return repeated === undefined ? good(Object.fromEntries(entries)) : refused(`${repeated} is given twice.`);
};

/** A map from its entries. */
export const parseEntries = (
	entries: readonly (readonly [string, string])[],
	option: MapOption,
): Parsed<Readonly<Record<string, string>>> => {
	const checked = collect(
		entries.map((entry) => checkEntry(entry, option)),
		entries.map(([name]) => name),
	);
	return checked.good ? asRecord(checked.value) : checked;
};

/** A value from its texts: one text for a single value, one for each item of a list or map. */
export const parseValue = (option: Option, texts: readonly string[]): Parsed<Value> => {
	const text = texts.at(-1) ?? '';
	switch (option.kind) {
		case 'text':
			return shaped(text, option.shape);
		case 'path':
			return parsePath(text, option);
		case 'number':
			return parseNumber(text, option);
		case 'toggle':
			return parseToggle(text);
		case 'choice':
			return parseChoice(text, option.choices);
		case 'list':
			return collect(
				texts.map((item) => parseItem(item, option)),
				texts.map(entryName),
			);
		case 'map': {
			const entries = collect(
				texts.map((item) => parseEntry(item, option)),
				texts.map(labelOf),
			);
			return entries.good ? asRecord(entries.value) : entries;
		}
	}
};

/** The texts that parse to the value: the inverse of parseValue. */
export const formatValue = (value: Value): readonly string[] => {
	if (value === undefined) return [''];
	if (Array.isArray(value)) return value as readonly string[];
	if (typeof value === 'object') return Object.entries(value).map(([name, text]) => `${name}=${text}`);
	return [String(value)];
};

export const isSameValue = (one: Value, other: Value): boolean =>
	typeof one === 'object' && typeof other === 'object'
		? JSON.stringify(formatValue(one)) === JSON.stringify(formatValue(other))
		: one === other;

/** Expands `~` and `~/…`; other paths stay unchanged. */
export const expandHome = (path: string, home: string): string =>
	path === '~' ? home : path.startsWith('~/') ? home + path.slice(1) : path;
