import {
	corrected,
	fromModule,
	imported,
	isObject,
	isOfTheModule,
	keysOfTheModule,
	type WrongValue,
} from './module-json.ts';
import {parseJson, tooDeep} from './parse-json.ts';
import {repeatedNames} from './repeated-names.ts';
import type {UnitOwner} from './unit-value.ts';
import {parseJsonValue} from './value.ts';
import {optionNames, optionOf, type Given, type OptionName, type Settings} from './options.ts';
import type {Misgiven} from './rules.ts';
import type {Value} from './option.ts';

/** Where an option's value stands in the file: a name at the top, or one inside an object, as in Vira's module. */
const placeOf = (name: OptionName): readonly string[] => optionOf(name).inFile ?? [name];

/** The JSON name of an option, such as `systemd.environment`. */
export const fileName = (name: OptionName): string => placeOf(name).join('.');

/** Keys of the file that are no options. */
const ownKeys = ['$schema', 'schema', ...keysOfTheModule];

export interface ReadSettings {
	readonly given: Given;
	/** Each with its place in the file; that of the file as a whole is empty. */
	readonly problems: readonly Misgiven[];
	/** Top-level keys that no option has, with their values; inside objects as `systemd.other`. */
	readonly unknown: Readonly<Record<string, unknown>>;
	/** What is not what Vira got from its module, each with its place in the file. */
	readonly doubts: readonly Misgiven[];
	/** Whether it is the JSON of the module. */
	readonly ofModule: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** The keys of objects that hold options. */
const parents = new Set(optionNames.flatMap((name) => (placeOf(name).length > 1 ? [placeOf(name)[0]] : [])));

/** Every leaf that a person can have written, by its place: objects that hold options are gone into. */
const leavesOf = (document: Json): ReadonlyMap<string, unknown> =>
	new Map(
		Object.entries(document).flatMap(([key, value]): [string, unknown][] => {
			if (!parents.has(key)) return [[key, value]];
			return isObject(value) ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one]) : [];
		}),
	);

const misgiven = (place: string, message: string): Misgiven => ({
	option: optionNames.find((name) => fileName(name) === place),
	place,
	message,
	...(place !== '' && {setting: place}),
});

/** null stands for an object with nothing in it. */
const parentProblems = (document: Json): readonly Misgiven[] =>
	Object.entries(document).flatMap(([key, value]) =>
		!parents.has(key) || isObject(value) || value === null
			? []
			: [misgiven(key, 'Use an object, or leave it out.')],
	);

const nothing = {given: new Map(), unknown: {}, doubts: [], ofModule: false} as const;

const parseDocument = (text: string): {readonly document: Json} | {readonly problem: string} => {
	try {
		const document: unknown = parseJson(text.replace(/^\uFEFF/u, ''));
		return isObject(document) ? {document} : {problem: 'It must hold a JSON object.'};
	} catch (error) {
		if (error === tooDeep) return {problem: tooDeep.message};
		// The message quotes the text, which may hold a secret; where it stopped is enough.
		const position = /position \d+(?: \(line \d+ column \d+\))?/u.exec((error as Error).message)?.[0];
		return {problem: position === undefined ? 'It is not JSON.' : `It is not JSON, from ${position} on.`};
	}
};

type Leaf = {readonly given: Value} | {readonly wrong: readonly WrongValue[]};

const parseLeaf = (name: OptionName, raw: unknown): Leaf => {
	const read = fromModule(optionOf(name), raw);
	if (!read.good) return read;
	const parsed = parseJsonValue(optionOf(name), read.value);
	return parsed.good ? {given: parsed.value} : {wrong: [{message: parsed.problem}]};
};

const misgivenIn = (place: string, all: readonly WrongValue[]): readonly Misgiven[] =>
	all.map(({entry, message}) => ({
		...misgiven(place, message),
		...(entry !== undefined && {item: entry}),
	}));

interface Manner {
	/** Whether what is nearly right in a document is taken as it was meant. */
	readonly corrects: (document: Json) => boolean;
	/** For whom the unit of the module was written, where the document is of the module. */
	readonly owner?: UnitOwner | undefined;
}

const parseText = (text: string, {corrects, owner}: Manner): ReadSettings => {
	const parsed = parseDocument(text);
	if ('problem' in parsed) return {...nothing, problems: [misgiven('', parsed.problem)]};
	const {document} = parsed;
	const leaves = new Map(leavesOf(document));
	const given = new Map<OptionName, Value>();
	const doubts: Misgiven[] = [];
	const problems = [
		...repeatedNames(text).map((place) => misgiven(place, 'It is given twice.')),
		...parentProblems(document),
	];
	const ofModule = isOfTheModule(document);
	for (const name of optionNames) {
		const place = fileName(name);
		if (!leaves.has(place)) continue;
		const raw = leaves.get(place);
		const meant = ofModule && owner ? imported(name, raw, owner) : {value: raw, doubts: []};
		const leaf = parseLeaf(name, corrects(document) ? corrected(optionOf(name), meant.value) : meant.value);
		if ('given' in leaf) given.set(name, leaf.given);
		else problems.push(...misgivenIn(place, leaf.wrong));
		doubts.push(...misgivenIn(place, meant.doubts));
		leaves.delete(place);
	}
	for (const key of ownKeys) leaves.delete(key);
	return {given, problems, unknown: Object.fromEntries(leaves), doubts, ofModule};
};

/**
 * Reads the text of a settings file, or the JSON of Vira's module, whose values mean what they meant in the unit of its
 * `owner`. Values that are wrong are left out of `given` and told.
 */
export const parseSettingsFile = (text: string, owner?: UnitOwner): ReadSettings =>
	parseText(text, {corrects: isOfTheModule, owner});

/**
 * Reads settings that vira-setup has saved. An earlier version, whose rules were less strict, can have applied them: a
 * value that is only nearly right now is taken as it was meant, for else no command could look at the Vira that runs.
 */
export const parseSavedSettings = (text: string): ReadSettings => parseText(text, {corrects: () => true});

/** The number of the format that this version writes, of the settings file as of the receipt. */
const format = 1;

/** Whether a text of ours is of a format that this version does not know. */
export const isNewerFormat = (text: string): boolean => {
	const parsed = parseDocument(text);
	if ('problem' in parsed) return false;
	const {schema} = parsed.document;
	return typeof schema === 'number' && schema > format;
};

const setAt = (document: Record<string, unknown>, place: readonly string[], value: unknown): void => {
	const [first = '', second] = place;
	if (second === undefined) document[first] = value;
	else document[first] = {...(isObject(document[first]) ? document[first] : {}), [second]: value};
};

/**
 * The settings with the names and the nesting of Vira's Home Manager module; null stands for "not set". A Vira that was
 * not found has no place in it.
 */
export const nestSettings = (settings: Settings, unknown: Json = {}): Json => {
	const document: Record<string, unknown> = {};
	for (const name of optionNames)
		if (name !== 'package' || settings.package !== '') setAt(document, placeOf(name), settings[name] ?? null);
	for (const [place, value] of Object.entries(unknown)) {
		const divide = place.indexOf('.');
		setAt(document, divide < 0 ? [place] : [place.slice(0, divide), place.slice(divide + 1)], value);
	}
	return document;
};

/** The text of the settings file. `unknown` keys are kept as they were. */
export const formatSettingsFile = (settings: Settings, unknown: Json = {}): string =>
	`${JSON.stringify({schema: format, ...nestSettings(settings, unknown)}, undefined, '\t')}\n`;
