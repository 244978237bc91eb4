import type {Option, Value} from './option.ts';
import {optionNames, optionOf, type Given, type OptionName, type Settings} from './options.ts';
import {quotable, typedValue, type Misgiven} from './problem.ts';
import type {Platform} from '../platform/facts.ts';
import {formatValue, isSameValue, parseValue} from './value.ts';
import type {Warning} from './warning.ts';

/** `stateDir` as it is written on a command line: `state-dir`. */
const kebab = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

/** How an option is written on the command line. */
export interface Flag {
	readonly option: OptionName;
	/** Without dashes, such as `state-dir`. */
	readonly name: string;
	/** Name of the value in --help; undefined for a toggle, which takes no value. */
	readonly placeholder: string | undefined;
	/** Whether it can be given several times, once for each item. */
	readonly repeated: boolean;
	/** Whether `--no-NAME` exists: off, none, or not set. */
	readonly negatable: boolean;
}

const isCollection = ({kind}: Option): boolean => kind === 'list' || kind === 'map';

const defaultPlaceholders: Partial<Record<Option['kind'], string>> = {
	number: 'NUMBER',
	path: 'PATH',
	choice: 'LEVEL',
};

const flagOf = (name: OptionName): Flag => {
	const option = optionOf(name);
	const toggle = option.kind === 'toggle';
	return {
		option: name,
		name: option.flag ?? kebab(name),
		placeholder: toggle ? undefined : (option.placeholder ?? defaultPlaceholders[option.kind] ?? 'TEXT'),
		repeated: isCollection(option),
		negatable: toggle || isCollection(option) || 'optional' in option,
	};
};

export const flags: readonly Flag[] = optionNames.map(flagOf);

export const variablePrefix = 'VIRA_SETUP_';

/** The environment variable of an option, such as `VIRA_SETUP_STATE_DIR`. */
export const variableOf = ({name}: Flag): string => variablePrefix + name.toUpperCase().replaceAll('-', '_');

/** The values that were given, and the problems of those that were left out. */
export interface ReadGiven {
	readonly given: Given;
	readonly problems: readonly Misgiven[];
	/** Values that are used differently from how they were written. */
	readonly warnings?: readonly Warning[];
}

/**
 * Texts by option, as for parseValue; an empty list means "none" or "not set". `labelOf` says where one was given, with
 * the wrong value if that can be quoted.
 */
export const parseGiven = (
	texts: ReadonlyMap<OptionName, readonly string[]>,
	labelOf: (flag: Flag, wrong: string | undefined) => string,
): ReadGiven => {
	const given = new Map<OptionName, Value>();
	const problems: Misgiven[] = [];
	for (const flag of flags) {
		const one = texts.get(flag.option);
		if (!one) continue;
		const parsed = parseValue(optionOf(flag.option), one);
		if (parsed.good) given.set(flag.option, parsed.value);
		else {
			// Of a list, the problem names the item.
			const wrong = flag.repeated ? undefined : quotable(one.at(-1) ?? '');
			const typed = wrong === undefined ? undefined : typedValue(wrong);
			problems.push({option: flag.option, place: labelOf(flag, typed), message: parsed.problem});
		}
	}
	return {given, problems};
};

/** Settings from environment variables: one item per line for a list or a map. */
export const parseVariables = (environment: Readonly<Record<string, string | undefined>>): ReadGiven => {
	const texts = flags.flatMap((flag): [OptionName, readonly string[]][] => {
		const text = environment[variableOf(flag)];
		if (text === undefined) return [];
		return [[flag.option, flag.repeated ? text.split('\n').filter((line) => line !== '') : [text]]];
	});
	return parseGiven(
		new Map(texts),
		(flag, wrong) => variableOf(flag) + (wrong === undefined ? '' : `=${wrong}`),
	);
};

/** How a value is written: once for each time that the flag is given, with its value if it takes one. */
const timesFor = (flag: Flag, value: Value): readonly (readonly [flag: string, ...text: string[]])[] => {
	if (value === undefined || value === false) return [[`--no-${flag.name}`]];
	if (value === true) return [[`--${flag.name}`]];
	const texts = formatValue(value);
	return texts.length === 0 ? [[`--no-${flag.name}`]] : texts.map((text) => [`--${flag.name}`, text]);
};

/** The settings that only the other platform has: they would be ignored. `placeOf` says where one was given. */
export const foreignTo = (
	platform: Platform,
	given: Given,
	placeOf: (flag: Flag, value: Value) => string,
): readonly Misgiven[] =>
	flags.flatMap((flag) => {
		const {option} = flag;
		const {on} = optionOf(option);
		if (on === undefined || on === platform || !given.has(option)) return [];
		const message = `This setting exists only on ${on === 'linux' ? 'Linux' : 'macOS'}. Leave it out.`;
		return [{option, place: placeOf(flag, given.get(option)), message}];
	});

/** One use of a flag. */
export interface GivenFlag {
	readonly option: OptionName;
	/** With its dashes. */
	readonly flag: string;
	/** undefined: it takes no value. */
	readonly text: string | undefined;
}

/** The flags that lead from one set of settings to another. */
export const differences = (from: Settings, to: Settings): readonly GivenFlag[] =>
	flags
		.filter(({option}) => !isSameValue(from[option], to[option]))
		.flatMap((one) =>
			timesFor(one, to[one.option]).map(([flag, text]) => ({option: one.option, flag, text})),
		);
