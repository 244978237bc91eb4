import type {Behaviour} from './behaviour.ts';
import {commands, globalOptions, isCommandName, type CommandName, type Option} from './options.ts';
import {commandHelp, commandUsageLine, programHelp, programUsageLine} from './usage.ts';
import {Refusal, takeWords, unknown} from './words.ts';

export type Values = ReadonlyMap<string, string>;

/** The value of an option that has a default. */
export const valueOf = (values: Values, flag: string): string => {
	const value = values.get(flag);
	if (value === undefined) throw new Error(`${flag} has no value`);
	return value;
};

/** What a command line asks for. */
export type Asked =
	| {does: 'run'; command: CommandName; values: Values; words: readonly string[]}
	| {does: 'show'; text: string}
	| {does: 'refuse'; text: string; command: CommandName | undefined};

const refusal = (error: unknown, usageLine: string, command?: CommandName): Asked => {
	if (!(error instanceof Refusal)) throw error;
	return {does: 'refuse', text: `${error.message}\n\n${usageLine}`, command};
};

const checkTls = (values: Values): void => {
	const certificate = values.has('--tls-cert');
	const key = values.has('--tls-key');
	if (values.has('--no-https') && (certificate || key)) {
		throw unknown(certificate ? '--tls-cert' : '--tls-key');
	}
	if (certificate !== key) {
		throw new Refusal(certificate ? 'Missing: --tls-key TLS_KEY' : 'Missing: --tls-cert TLS_CERT');
	}
};

const withDefaults = (values: Values, options: readonly Option[]): Map<string, string> => {
	const defaults = options.flatMap((option): [string, string][] =>
		option.default === undefined ? [] : [[option.flag, option.default]],
	);
	return new Map([...defaults, ...values]);
};

/** A command that was read, and the words after it that are not its own. */
type Read = Asked & {readonly rest?: readonly string[]};

const parseCommand = (command: CommandName, given: readonly string[], known: readonly Option[]): Read => {
	try {
		const mostWords = commands[command].word === undefined ? 0 : 1;
		const {values, words, rest} = takeWords(given, {options: known, mostWords});
		if (values.has('--help')) return {does: 'show', text: commandHelp(command, known)};
		checkTls(values);
		return {does: 'run', command, values: withDefaults(values, commands[command].options), words, rest};
	} catch (error) {
		return refusal(error, commandUsageLine(command, known), command);
	}
};

const shownFor = (values: Values, globals: readonly Option[], {version}: Behaviour): Asked | undefined => {
	if (values.has('--help')) return {does: 'show', text: programHelp(globals)};
	return values.has('--version') ? {does: 'show', text: version} : undefined;
};

/**
 * Reads the arguments as Vira does: global options, the command, its options, and again global options: the parser goes
 * back to those as soon as a word is none of the command's own.
 */
export const parseCommandLine = (given: readonly string[], behaviour: Behaviour): Asked => {
	const known = (options: readonly Option[]): readonly Option[] =>
		options.filter(({flag}) => !behaviour.withoutFlags.includes(flag));
	const globals = known(globalOptions);
	try {
		const before = takeWords(given, {options: globals, mostWords: 0});
		const shown = shownFor(before.values, globals, behaviour);
		if (shown) return shown;
		const [command, ...ofCommand] = before.rest;
		if (command === undefined) throw new Refusal('Missing: COMMAND');
		if (!isCommandName(command)) throw unknown(command);
		const {rest = [], ...asked} = parseCommand(command, ofCommand, known(commands[command].options));
		if (asked.does !== 'run') return asked;
		const after = takeWords(rest, {options: globals, mostWords: 0, before: before.values});
		if (after.rest[0] !== undefined) throw unknown(after.rest[0]);
		const values = new Map([...withDefaults(after.values, globalOptions), ...asked.values]);
		return shownFor(after.values, globals, behaviour) ?? {...asked, values};
	} catch (error) {
		return refusal(error, programUsageLine(globals));
	}
};
