import {isJsonObject, type JsonObject} from './json.ts';
import {modulePosition, type MapOption, type Option, type Value} from './option.ts';
import {meantInCommand, meantInUnit, type UnitMeaning, type UnitOwner} from './unit-value.ts';
import {parseEntries, meantBy, refused, type Parsed} from './items.ts';
import {parseValue} from './value.ts';

/** Keys of the module in `nix eval --json` that are not settings: its switch, and what it computed. */
export const keysOfTheModule = ['enable', 'outputs'];

/** A package in JSON is its output path, or attributes that contain this path. */
const pathOf = (raw: unknown): unknown => (isJsonObject(raw) && 'outPath' in raw ? raw['outPath'] : raw);

/** A problem with a value; `item` is the name in a map, if it is about one. */
export interface WrongValue {
	readonly item?: string;
	readonly message: string;
}

/** A value in the form of our file, or all its problems. */
type FromModule = {readonly value: unknown} | {readonly wrong: readonly WrongValue[]};

const moduleText = (raw: unknown): unknown =>
	typeof raw === 'boolean' || (typeof raw === 'number' && Number.isSafeInteger(raw)) ? String(raw) : raw;

const absent = Symbol('absent');

/**
 * One line, as Home Manager writes it into a unit (modules/systemd.nix, toSystemdIni): null and an empty list write no
 * line, and an empty item resets the items before it (systemd.syntax(7)).
 */
const lineOf = (raw: unknown): unknown => {
	if (raw === null) return absent;
	if (!Array.isArray(raw)) return moduleText(raw);
	const lines: readonly unknown[] = raw.slice(raw.slice(0, -1).lastIndexOf('') + 1);
	return lines.length > 1 ? lines : lines.length === 0 ? absent : moduleText(lines[0]);
};

/** systemd's defaults, for lines of the module that were removed (systemd.service(5), systemd.exec(5)). Otherwise ours would apply. */
const withoutLine: Readonly<Record<string, string>> = {
	Type: 'simple',
	Restart: 'no',
	RestartSec: '100ms',
	NoNewPrivileges: 'false',
};

const wrongLine = (name: string, value: unknown): readonly WrongValue[] => {
	if (typeof value === 'string') return [];
	const message = Array.isArray(value)
		? `${name}: Must be a string. To repeat the line, use a drop-in (systemctl --user edit vira.service).`
		: `${name}: Must be a string.`;
	return [{item: name, message}];
};

type Entry = readonly [name: string, value: unknown];

const lineEntry = (name: string, raw: unknown): readonly Entry[] => {
	const line = lineOf(raw);
	if (line !== absent) return [[name, line]];
	const standard = withoutLine[name];
	return standard === undefined ? [] : [[name, standard]];
};

const entriesOf = ({asLines = false}: MapOption, raw: JsonObject): FromModule => {
	const entries = Object.entries(raw).flatMap(([name, value]): readonly Entry[] =>
		asLines ? lineEntry(name, value) : [[name, moduleText(value)]],
	);
	const wrong = entries.flatMap(([name, value]) => wrongLine(name, value));
	return wrong.length === 0 ? {value: Object.fromEntries(entries)} : {wrong};
};

/** Whether it is the `nix eval --json` output of Vira's module, not a file of ours. */
export const isOfTheModule = (document: JsonObject): boolean =>
	keysOfTheModule.some((key) => key in document);

/**
 * The value that a nearly correct one means. The module accepts any text, and correcting it there takes another
 * generation; values that an earlier version saved were correct by its rules.
 */
export const corrected = (option: Option, raw: unknown): unknown =>
	option.kind === 'text' && typeof raw === 'string' && !option.shape.pattern.test(raw)
		? (meantBy(raw, option.shape) ?? raw)
		: raw;

/** A value of our file or of the module's JSON, in the form of our file. */
const fromModule = (option: Option, raw: unknown): FromModule => {
	if (option.kind === 'map' && isJsonObject(raw)) return entriesOf(option, raw);
	if (option.kind === 'list' && Array.isArray(raw)) return {value: raw.map(pathOf)};
	return {value: option.kind === 'map' ? raw : pathOf(raw)};
};

const isTexts = (raw: unknown): raw is readonly string[] =>
	Array.isArray(raw) && raw.every((item) => typeof item === 'string');

const isTextRecord = (raw: unknown): raw is Record<string, string> =>
	isJsonObject(raw) && isTexts(Object.values(raw));

/** A value from JSON; null means "not set". */
export const parseJsonValue = (option: Option, raw: unknown): Parsed<Value> => {
	if (raw === null)
		return 'optional' in option
			? {good: true, value: undefined}
			: refused('Must not be null. Set a value, or remove it.');
	switch (option.kind) {
		case 'toggle':
			return parseValue(option, [typeof raw === 'boolean' ? String(raw) : '']);
		case 'number':
			return parseValue(option, [typeof raw === 'number' ? String(raw) : 'x']);
		case 'list':
			return isTexts(raw) ? parseValue(option, raw) : refused('Must be a list of strings.');
		case 'map':
			return isTextRecord(raw)
				? parseEntries(Object.entries(raw), option)
				: refused('Must be an object whose values are strings.');
		default:
			return typeof raw === 'string' ? parseValue(option, [raw]) : refused('Must be a string.');
	}
};

/** A value of our file or of the module's JSON, or what is wrong with it. */
export const parseLeaf = (
	option: Option,
	raw: unknown,
): {readonly value: Value} | {readonly wrong: readonly WrongValue[]} => {
	const read = fromModule(option, raw);
	if ('wrong' in read) return read;
	const parsed = parseJsonValue(option, read.value);
	return parsed.good ? parsed : {wrong: [{message: parsed.problem}]};
};

/** A value that Vira got through the unit of its module, and doubts about it, with their names in a map. */
interface ImportedValue {
	readonly value: unknown;
	readonly doubts: readonly WrongValue[];
}

const importedVariables = (raw: JsonObject, owner: UnitOwner): ImportedValue => {
	const read = Object.entries(raw).map(([name, text]) => {
		const meaning: Partial<UnitMeaning> =
			typeof text === 'string' ? meantInUnit(text, owner, `${name}=`) : {};
		return {name, value: meaning.value ?? text, doubt: meaning.doubt};
	});
	return {
		value: Object.fromEntries(read.map(({name, value}) => [name, value])),
		doubts: read.flatMap(({name, doubt}) =>
			doubt === undefined ? [] : [{item: name, message: `${name}: ${doubt}`}],
		),
	};
};

/** A user service starts in the home folder (systemd.exec(5), WorkingDirectory=), and systemd does not expand `~`. */
const fromHome = (path: string, {home}: UnitOwner): string =>
	path === '' || path.startsWith('/') ? path : `${home}/${path}`;

const importedArgument = (option: Option, text: string, owner: UnitOwner): ImportedValue => {
	if (owner.platform === 'macos') return {value: text, doubts: []};
	const {value, doubt} = meantInCommand(text, owner);
	return {
		value: option.kind === 'path' ? fromHome(value, owner) : value,
		doubts: doubt === undefined ? [] : [{message: doubt}],
	};
};

/** Whether the module writes the text into its command line. */
const isArgument = (option: Option): boolean =>
	(option.kind === 'text' || option.kind === 'path') &&
	option.vira !== undefined &&
	modulePosition(option) !== undefined;

/** What a value of the module's JSON meant in its unit. */
export const importedValue = (option: Option, raw: unknown, owner: UnitOwner): ImportedValue => {
	if (option.kind === 'map' && option.asVariables && isJsonObject(raw)) return importedVariables(raw, owner);
	if (isArgument(option) && typeof raw === 'string') return importedArgument(option, raw, owner);
	return {value: raw, doubts: []};
};

/** Whether a value is empty, so that ignoring its key loses nothing. Checks `deep` levels of objects. */
export const saysNothing = (raw: unknown, deep = 8): boolean => {
	if (raw === null) return true;
	if (Array.isArray(raw)) return raw.length === 0;
	return deep > 0 && isJsonObject(raw) && Object.values(raw).every((one) => saysNothing(one, deep - 1));
};
