import {isInstallable} from './nix.ts';
import {parseItems, parseMap, good, refused, shaped, whole, type Parsed} from './items.ts';
import type {NumberOption, Option, PathOption, Value} from './option.ts';
import {pathProblem} from './problem.ts';

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
			return parseItems(texts, option);
		case 'map':
			return parseMap(texts, option);
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
