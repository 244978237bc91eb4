import type {MapOption, Option} from './option.ts';
import type {OptionName} from './options.ts';
import {meantInCommand, meantInUnit, type UnitMeaning, type UnitOwner} from './unit-value.ts';
import {meantBy} from './value.ts';

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that `nix eval --json` prints of Vira's module, and that are no settings: who starts it, and what it computed. */
export const keysOfTheModule = ['enable', 'outputs'];

/** A package in JSON is the path of what it puts out, or the attributes that name this path. */
const pathOf = (raw: unknown): unknown => (isObject(raw) && 'outPath' in raw ? raw['outPath'] : raw);

/** What is wrong with a value; `entry` is the name in a map, where it is about one. */
export interface WrongValue {
	readonly entry?: string;
	readonly message: string;
}

/** A value in the form of our file, or all that is wrong with it. */
export type FromModule =
	| {readonly good: true; readonly value: unknown}
	| {readonly good: false; readonly wrong: readonly WrongValue[]};

const textOf = (raw: unknown): unknown =>
	typeof raw === 'boolean' || (typeof raw === 'number' && Number.isSafeInteger(raw)) ? String(raw) : raw;

const absent = Symbol('absent');

/**
 * One line, as Home Manager writes it into a unit (modules/systemd.nix, toSystemdIni): null and an empty list write
 * none, and what is before an empty line of a list is reset by it (systemd.syntax(7)).
 */
const lineOf = (raw: unknown): unknown => {
	if (raw === null) return absent;
	if (!Array.isArray(raw)) return textOf(raw);
	const lines: readonly unknown[] = raw.slice(raw.slice(0, -1).lastIndexOf('') + 1);
	return lines.length > 1 ? lines : lines.length === 0 ? absent : textOf(lines[0]);
};

/** What systemd does where the module's own line is taken out (systemd.service(5), systemd.exec(5)); ours stays otherwise. */
const withoutLine: Readonly<Record<string, string>> = {
	Type: 'simple',
	Restart: 'no',
	RestartSec: '100ms',
	NoNewPrivileges: 'false',
	PrivateTmp: 'false',
};

const wrongLine = (name: string, value: unknown): readonly WrongValue[] => {
	if (typeof value === 'string') return [];
	const message = Array.isArray(value)
		? `${name}: Give one text; several lines of one name belong in a drop-in (systemctl --user edit vira.service).`
		: `${name}: Use a text.`;
	return [{entry: name, message}];
};

type Entry = readonly [name: string, value: unknown];

const lineEntry = (name: string, raw: unknown): readonly Entry[] => {
	const line = lineOf(raw);
	if (line !== absent) return [[name, line]];
	const standard = withoutLine[name];
	return standard === undefined ? [] : [[name, standard]];
};

const entriesOf = ({asLines = false}: MapOption, raw: Json): FromModule => {
	const entries = Object.entries(raw).flatMap(([name, value]): readonly Entry[] =>
		asLines ? lineEntry(name, value) : [[name, textOf(value)]],
	);
	const wrong = entries.flatMap(([name, value]) => wrongLine(name, value));
	return wrong.length === 0 ? {good: true, value: Object.fromEntries(entries)} : {good: false, wrong};
};

/** Whether it is what `nix eval --json` prints of Vira's module, and not a file of ours. */
export const isOfTheModule = (document: Json): boolean => keysOfTheModule.some((key) => key in document);

/**
 * What a value that is nearly right stands for. The module takes any text, and who has it printed by Nix cannot correct
 * it there without another generation; what an earlier version has saved was right by its rules.
 */
export const corrected = (option: Option, raw: unknown): unknown =>
	option.kind === 'text' && typeof raw === 'string' && !option.shape.pattern.test(raw)
		? (meantBy(raw, option.shape) ?? raw)
		: raw;

/** A value of our file or of the module's JSON, in the form of our file. */
export const fromModule = (option: Option, raw: unknown): FromModule => {
	if (option.kind === 'map' && isObject(raw)) return entriesOf(option, raw);
	if (option.kind === 'list' && Array.isArray(raw)) return {good: true, value: raw.map(pathOf)};
	return {good: true, value: option.kind === 'map' ? raw : pathOf(raw)};
};

/** A value that Vira got through the unit of its module, and what is to be said of it, by the names in a map. */
export interface Imported {
	readonly value: unknown;
	readonly doubts: readonly WrongValue[];
}

const importedVariables = (raw: Json, owner: UnitOwner): Imported => {
	const read = Object.entries(raw).map(([name, text]) => {
		const meaning: Partial<UnitMeaning> =
			typeof text === 'string' ? meantInUnit(text, owner, `${name}=`) : {};
		return {name, value: meaning.value ?? text, doubt: meaning.doubt};
	});
	return {
		value: Object.fromEntries(read.map(({name, value}) => [name, value])),
		doubts: read.flatMap(({name, doubt}) =>
			doubt === undefined ? [] : [{entry: name, message: `${name}: ${doubt}`}],
		),
	};
};

/** A user's service starts in the home folder (systemd.exec(5), WorkingDirectory=), and to systemd `~` is a name like any other. */
const fromHome = (path: string, {home}: UnitOwner): string =>
	path === '' || path.startsWith('/') ? path : `${home}/${path}`;

const importedArgument = (name: OptionName, text: string, owner: UnitOwner): Imported => {
	if (owner.platform === 'macos') return {value: text, doubts: []};
	const {value, doubt} = meantInCommand(text, owner);
	return {
		value: name === 'stateDir' ? fromHome(value, owner) : value,
		doubts: doubt === undefined ? [] : [{message: doubt}],
	};
};

/** Options of the module that are texts in its command line. */
const isArgument = (name: OptionName): boolean => ['hostname', 'stateDir', 'basePath'].includes(name);

/** What a value of the module's JSON meant in its unit. */
export const imported = (name: OptionName, raw: unknown, owner: UnitOwner): Imported => {
	if (name === 'environment' && isObject(raw)) return importedVariables(raw, owner);
	if (isArgument(name) && typeof raw === 'string') return importedArgument(name, raw, owner);
	return {value: raw, doubts: []};
};

/** Whether nothing is lost where nobody knows a key. Goes as deep as `deep` objects. */
export const saysNothing = (raw: unknown, deep = 8): boolean => {
	if (raw === null) return true;
	if (Array.isArray(raw)) return raw.length === 0;
	return deep > 0 && isObject(raw) && Object.values(raw).every((one) => saysNothing(one, deep - 1));
};
