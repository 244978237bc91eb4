import {
	corrected,
	fromModule,
	imported,
	isObject,
	isOfTheModule,
	keysOfTheModule,
	type WrongValue,
} from './module-json.ts';
import {jsonProblem, parseJson, tooDeep} from './json.ts';
import type {UnitOwner} from './unit-value.ts';
import {parseJsonValue} from './value.ts';
import {optionNames, optionOf, type Given, type OptionName, type Settings} from './options.ts';
import type {Misgiven} from './rules.ts';
import type {Value} from './option.ts';

/** Path of an option in the file: a name at the top level, or one inside an object, as in Vira's module. */
const placeOf = (name: OptionName): readonly string[] => optionOf(name).inFile ?? [name];

/** The JSON name of an option, such as `systemd.environment`. */
export const fileName = (name: OptionName): string => placeOf(name).join('.');

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

type Json = Readonly<Record<string, unknown>>;

/** The keys of objects that hold options. */
const parents = new Set(optionNames.flatMap((name) => (placeOf(name).length > 1 ? [placeOf(name)[0]] : [])));

/** Every value by its place; objects that hold options are descended into. */
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

/** null means an empty object. */
const parentProblems = (document: Json): readonly Misgiven[] =>
	Object.entries(document).flatMap(([key, value]) =>
		!parents.has(key) || isObject(value) || value === null
			? []
			: [misgiven(key, 'Must be an object. Correct it, or remove it.')],
	);

const nothing = {given: new Map(), unknown: {}, doubts: [], ofModule: false} as const;

/** `called` names the text in the message. */
const parseDocument = (
	written: string,
	called = 'It',
): {readonly document: Json} | {readonly problem: string} => {
	const text = written.replace(/^\uFEFF/u, '');
	try {
		const document: unknown = parseJson(text);
		return isObject(document) ? {document} : {problem: `${called} must contain a JSON object.`};
	} catch (error) {
		return error === tooDeep
			? {problem: `${called} is ${tooDeep.message}.`}
			: {problem: `${called} is not valid JSON: ${jsonProblem(text)}.`};
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
	/** Whether nearly correct values in a document are corrected. */
	readonly corrects: (document: Json) => boolean;
	/** The account that the unit of the module was written for, if the document is the module's. */
	readonly owner?: UnitOwner | undefined;
	/** The subject of messages about the whole text. */
	readonly called?: string | undefined;
}

const parseText = (text: string, {corrects, owner, called}: Manner): ReadSettings => {
	const parsed = parseDocument(text, called);
	if ('problem' in parsed) return {...nothing, problems: [misgiven('', parsed.problem)]};
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
		const place = fileName(name);
		if (!leaves.has(place)) continue;
		const raw = leaves.get(place);
		const meant = ofModule && owner ? imported(optionOf(name), raw, owner) : {value: raw, doubts: []};
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
 * `owner`. Wrong values are reported and left out of `given`. `called` names the file in messages.
 */
export const parseSettingsFile = (text: string, owner?: UnitOwner, called?: string): ReadSettings =>
	parseText(text, {corrects: isOfTheModule, owner, called});

/**
 * Reads settings that vira-setup has saved. An earlier version with less strict rules may have applied them, so nearly
 * correct values are corrected: otherwise no command could examine the Vira that is running.
 */
export const parseSavedSettings = (text: string): ReadSettings => parseText(text, {corrects: () => true});

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
	else document[first] = {...(isObject(document[first]) ? document[first] : {}), [second]: value};
};

/**
 * The settings with the names and nesting of Vira's Home Manager module; null means "not set". A Vira that was not found
 * is left out.
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

/** The text of the settings file. `unknown` keys are kept unchanged. */
export const formatSettingsFile = (settings: Settings, unknown: Json = {}): string =>
	`${JSON.stringify({schema: format, ...nestSettings(settings, unknown)}, undefined, '\t')}\n`;
/** Every string, with the colon after it if it is a name, and every bracket. */
const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/gu;
interface Open {
	/** Path of the object or list, such as `systemd.environment`. */
	readonly place: string;
	readonly names: Set<string>;
	/** The name that was read last; what opens next is its value. */
	last: string;
}
/**
 * The paths of names that occur twice in an object: JSON.parse keeps the last one silently. The text must be JSON.
 */

export const repeatedNames = (text: string): readonly string[] => {
	const repeated: string[] = [];
	const open: Open[] = [{place: '', names: new Set(), last: ''}];
	for (const [token, string, colon] of text.matchAll(tokens)) {
		const inner = open.at(-1);
		if (string === undefined && /[{[]/u.test(token))
			open.push({place: inner?.last ?? '', names: new Set(), last: inner?.last ?? ''});
		else if (string === undefined) open.pop();
		else if (colon !== undefined && inner) {
			const name = JSON.parse(string) as string;
			inner.last = inner.place === '' ? name : `${inner.place}.${name}`;
			if (inner.names.has(name)) repeated.push(inner.last);
			inner.names.add(name);
		}
	}
	return repeated;
};
