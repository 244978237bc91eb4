import type {ListOption, MapOption, Shape} from './option.ts';
import {folderNameProblem, pathProblem, quotable, textProblem} from './problem.ts';

export type Parsed<T> =
	{readonly good: true; readonly value: T} | {readonly good: false; readonly problem: string};

export const good = <T>(value: T): Parsed<T> => ({good: true, value});
export const refused = (problem: string): Parsed<never> => ({good: false, problem});

export const whole = (text: string): Parsed<string> => {
	const reason = textProblem(text);
	return reason === undefined ? good(text) : refused(reason);
};

/** The value that was meant by a nearly correct one. */
export const meantBy = (text: string, {pattern, nearly}: Shape): string | undefined => {
	const meant = nearly?.meant(text);
	return meant !== undefined && pattern.test(meant) ? meant : undefined;
};

export const shaped = (text: string, shape: Shape): Parsed<string> => {
	const possible = whole(text);
	if (!possible.good) return possible;
	const meant = shape.within?.exec(text)?.[1] ?? text;
	if (shape.pattern.test(meant)) return good(meant);
	const offered = meantBy(text, shape);
	return refused(
		offered === undefined ? shape.problem : `Use ${offered}: ${shape.nearly?.why ?? shape.problem}`,
	);
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
	// What is wrong with a value that can stand alone is then in it, not in the form.
	const alone = option.namedByValue && /\p{Cc}/u.test(text) ? shaped(text, option.valueShape) : undefined;
	if (divide < 0)
		return alone?.good === false
			? alone
			: refused(`Must have the form ${option.placeholder ?? 'NAME=VALUE'}.`);
	return checkEntry([text.slice(0, divide), text.slice(divide + 1)], option);
};

/** The problem of an item of a list or map on its own, as typed. */
export const itemProblem = (text: string, option: ListOption | MapOption): string | undefined => {
	const parsed: Parsed<unknown> = option.kind === 'list' ? parseItem(text, option) : parseEntry(text, option);
	return parsed.good ? undefined : parsed.problem;
};

/** The last part of a URL or path, without `.git`: the folder that git-clone(1) would create. */
const lastPart = (url: string): string => /([^\/:]*?)(?:\/?\.git)?\/*$/u.exec(url)?.[1]?.trim() ?? '';

/** A name that no other entry has: `vira`, or else `vira-2`. */
const freeName = (name: string, isTaken: (name: string) => boolean): string => {
	for (let number = 1; ; number += 1) {
		const free = number === 1 ? name : `${name}-${number}`;
		if (!isTaken(free)) return free;
	}
};

/** A second address in it: a name was meant to be before the URL. */
const hasTwoAddresses = /:[^]*:\/\//u;

/**
 * The entry `NAME=URL` that was meant by `NAME URL`, or by a URL alone, which is named after its last part. Any other
 * text stays as it is.
 */
export const entryMeant = (
	text: string,
	option: ListOption | MapOption,
	isTaken: (name: string) => boolean,
): string => {
	if (option.kind === 'list' || !option.namedByValue || parseEntry(text, option).good) return text;
	const given = text.trim();
	const isValue = (value: string): boolean => option.valueShape.pattern.test(value);
	const [, name = '', value = ''] = /^(\S+)\s+(\S.*)$/u.exec(given) ?? [];
	if (isValue(value)) return `${name}=${value}`;
	const named = `${freeName(lastPart(given).replaceAll('=', '-'), isTaken)}=${given}`;
	return parseEntry(named, option).good && !hasTwoAddresses.test(given) ? named : text;
};

/** How to refer to an item: by its name only, because its value may be a secret. */
export const entryName = (text: string): string => text.split('=', 1)[0] ?? '';

/** The name of an entry, and its value if that can be no secret. */
const entryLabel = ([name, value]: readonly [string, string], {namedByValue = false}: MapOption): string => {
	const shown = namedByValue ? quotable(value) : undefined;
	return shown === undefined ? name : `${name}=${shown}`;
};

/** An entry without a name may be entirely secret: then its position is used. */
const labelOf = (text: string, index: number, option: MapOption): string => {
	const [name = '', ...rest] = text.split('=');
	if (rest.length > 0) return entryLabel([name, rest.join('=')], option);
	return (option.namedByValue && quotable(text)) || `item ${index + 1}`;
};

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

/** The entries that were meant, each with a name of its own. */
const entriesMeant = (texts: readonly string[], option: MapOption): readonly string[] => {
	if (!option.namedByValue || texts.every((text) => parseEntry(text, option).good)) return texts;
	const taken = new Set(texts.map(entryName));
	return texts.map((text) => {
		const meant = entryMeant(text, option, (name) => taken.has(name));
		taken.add(entryName(meant));
		return meant;
	});
};

/** A list from the texts of its items. */
export const parseItems = (texts: readonly string[], option: ListOption): Parsed<readonly string[]> =>
	collect(
		texts.map((item) => parseItem(item, option)),
		texts.map(entryName),
	);

/** A map from the texts of its entries. */
export const parseMap = (
	given: readonly string[],
	option: MapOption,
): Parsed<Readonly<Record<string, string>>> => {
	const texts = entriesMeant(given, option);
	const entries = collect(
		texts.map((item) => parseEntry(item, option)),
		texts.map((text, index) => labelOf(text, index, option)),
	);
	return entries.good ? asRecord(entries.value) : entries;
};

/** A map from its entries. */
export const parseEntries = (
	entries: readonly (readonly [string, string])[],
	option: MapOption,
): Parsed<Readonly<Record<string, string>>> => {
	const checked = collect(
		entries.map((entry) => checkEntry(entry, option)),
		entries.map((entry) => entryLabel(entry, option)),
	);
	return checked.good ? asRecord(checked.value) : checked;
};
