import {
	corrected,
	importedValue,
	isOfTheModule,
	keysOfTheModule,
	parseLeaf,
	type WrongValue,
} from './module-json.ts';
import {isJsonObject, jsonProblem, parseJson, tooDeep, repeatedNames, type JsonObject} from './json.ts';
import type {UnitOwner} from './unit-value.ts';
import {optionNames, optionOf, type Given, type OptionName, type Settings} from './options.ts';
import {quotable, type Misgiven} from './problem.ts';
import type {Value} from './option.ts';

/** Path of an option in the file: a name at the top level, or one inside an object, as in Vira's module. */
const placeOf = (name: OptionName): readonly string[] => optionOf(name).inFile ?? [name];

/** The JSON name of an option, such as `systemd.environment`. */
export const nameInFile = (name: OptionName): string => placeOf(name).join('.');

/** Keys of the file that are not options. */
const ownKeys = ['$schema', 'schema', ...keysOfTheModule];

export interface ReadSettings {
	readonly given: Given;
	/** Each with its place in the file, which is empty for the whole file. */
	readonly problems: readonly Misgiven[];
	/** Top-level keys that no option has, with their values; inside objects as `systemd.other`. */
	readonly unknown: Readonly<Record<string, unknown>>;
	/** Values that differ from what Vira got from its module, each with its place in the file. */
	readonly doubts: readonly Misgiven[];
	/** Whether it is the module's JSON. */
	readonly ofModule: boolean;
}

/** The keys of objects that hold options. */
export const parents = new Set(optionNames.flatMap((name) => placeOf(name).slice(0, -1)));

/** Every value by its place; objects that hold options are descended into. */
const leavesOf = (document: JsonObject): ReadonlyMap<string, unknown> =>
	new Map(
		Object.entries(document).flatMap(([key, value]): [string, unknown][] => {
			if (!parents.has(key)) return [[key, value]];
			return isJsonObject(value) ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one]) : [];
		}),
	);

const misgiven = (place: string, message: string): Misgiven => ({
	option: optionNames.find((name) => nameInFile(name) === place),
	place,
	message,
	...(place !== '' && {setting: place}),
});

/** null means an empty object. */
const parentProblems = (document: JsonObject): readonly Misgiven[] =>
	Object.entries(document).flatMap(([key, value]) =>
		!parents.has(key) || isJsonObject(value) || value === null
			? []
			: [misgiven(key, 'Must be an object. Correct it, or remove it.')],
	);

/** `called` names the text in the message. */
const parseDocument = (
	written: string,
	called = 'It',
): {readonly document: JsonObject} | {readonly problem: string} => {
	const text = written.replace(/^\uFEFF/u, '');
	try {
		const document: unknown = parseJson(text);
		return isJsonObject(document) ? {document} : {problem: `${called} must contain a JSON object.`};
	} catch (error) {
		return error === tooDeep
			? {problem: `${called} is ${tooDeep.message}.`}
			: {problem: `${called} is not valid JSON: ${jsonProblem(text)}.`};
	}
};

/** Where a value stands, with a single value as JSON has it: the string "80" is not the number 80. */
const withValue = (place: string, raw: unknown): string => {
	const wrong = typeof raw === 'string' || typeof raw === 'number' ? quotable(String(raw)) : undefined;
	const shown = typeof raw === 'boolean' ? raw : wrong === undefined ? undefined : raw;
	return shown === undefined ? place : `${place} ${JSON.stringify(shown)}`;
};

const misgivenIn = (place: string, all: readonly WrongValue[]): readonly Misgiven[] =>
	all.map(({message, ...item}) => ({...misgiven(place, message), ...item}));

interface ReadManner {
	/** Whether vira-setup itself wrote the text. */
	readonly isSaved?: boolean;
	/** The account that the unit of Vira's module was written for: a value of the module means what it meant in the unit. */
	readonly owner?: UnitOwner;
	/** Names the file in messages about all of it. */
	readonly called?: string | undefined;
}

/**
 * Reads the text of a settings file, or the JSON of Vira's module. Wrong values are reported and left out of `given`.
 */
export const parseSettingsFile = (
	text: string,
	{isSaved = false, owner, called}: ReadManner = {},
): ReadSettings => {
	const parsed = parseDocument(text, called);
	if ('problem' in parsed)
		return {
			given: new Map(),
			problems: [misgiven('', parsed.problem)],
			unknown: {},
			doubts: [],
			ofModule: false,
		};
	const {document} = parsed;
	const leaves = new Map(leavesOf(document));
	const given = new Map<OptionName, Value>();
	const doubts: Misgiven[] = [];
	const problems = [
		...repeatedNames(text).map((place) => misgiven(place, 'Set twice.')),
		...parentProblems(document),
	];
	const ofModule = isOfTheModule(document);
	for (const name of optionNames) {
		const [option, place] = [optionOf(name), nameInFile(name)];
		if (!leaves.has(place)) continue;
		const raw = leaves.get(place);
		const meant = ofModule && owner ? importedValue(option, raw, owner) : {value: raw, doubts: []};
		const leaf = parseLeaf(option, isSaved || ofModule ? corrected(option, meant.value) : meant.value);
		if ('value' in leaf) given.set(name, leaf.value);
		else
			problems.push(...misgivenIn(place, leaf.wrong).map((one) => ({...one, place: withValue(place, raw)})));
		doubts.push(...misgivenIn(place, meant.doubts));
		leaves.delete(place);
	}
	for (const key of ownKeys) leaves.delete(key);
	return {given, problems, unknown: Object.fromEntries(leaves), doubts, ofModule};
};

/**
 * Reads settings that vira-setup has saved. An earlier version with less strict rules may have applied them, so nearly
 * correct values are corrected: otherwise no command could examine the Vira that is running.
 */
export const parseSavedSettings = (text: string): ReadSettings => parseSettingsFile(text, {isSaved: true});

/** Number of the format that this version writes, for the settings file and for the receipt. */
const format = 1;

/** Whether a text of ours has a format that this version does not know. */
export const isNewerFormat = (text: string): boolean => {
	const parsed = parseDocument(text);
	if ('problem' in parsed) return false;
	const {schema} = parsed.document;
	return typeof schema === 'number' && schema > format;
};

const setAt = (document: Record<string, unknown>, place: readonly string[], value: unknown): void => {
	const [first = '', second] = place;
	if (second === undefined) document[first] = value;
	else document[first] = {...(isJsonObject(document[first]) ? document[first] : {}), [second]: value};
};

/** Whether it is a program that the machine does not have. */
const isNotFound = (name: OptionName, settings: Settings): boolean => {
	const option = optionOf(name);
	return option.kind === 'path' && option.found !== undefined && settings[name] === '';
};

/**
 * The settings with the names and nesting of Vira's Home Manager module; null means "not set". A Vira that was not found
 * is left out.
 */
export const nestSettings = (settings: Settings, unknown: JsonObject = {}): JsonObject => {
	const document: Record<string, unknown> = {};
	for (const name of optionNames)
		if (!isNotFound(name, settings)) setAt(document, placeOf(name), settings[name] ?? null);
	for (const [place, value] of Object.entries(unknown)) {
		const divide = place.indexOf('.');
		setAt(document, divide < 0 ? [place] : [place.slice(0, divide), place.slice(divide + 1)], value);
	}
	return document;
};

/** The text of the settings file. `unknown` keys are kept unchanged. */
export const formatSettingsFile = (settings: Settings, unknown: JsonObject = {}): string =>
	`${JSON.stringify({schema: format, ...nestSettings(settings, unknown)}, undefined, '\t')}\n`;
