import type {Behaviour} from './behaviour.ts';
import {commands, globalOptions, isCommandName, type CommandName, type Option} from './options.ts';
import {commandHelp, commandUsageLine, programHelp, programUsageLine} from './usage.ts';
import {Refusal, takeWords} from './words.ts';

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
		throw new Refusal(`Invalid option \`${certificate ? '--tls-cert' : '--tls-key'}'`);
	}
	if (certificate !== key) throw new Refusal(`Missing: ${certificate ? '--tls-key' : '--tls-cert'} FILE`);
};

const withDefaults = (values: Values, options: readonly Option[]): Map<string, string> => {
	const defaults = options.flatMap((option): [string, string][] =>
		option.default === undefined ? [] : [[option.flag, option.default]],
	);
	return new Map([...defaults, ...values]);
};

const parseCommand = (command: CommandName, given: readonly string[], known: readonly Option[]): Asked => {
	try {
		const mostWords = commands[command].word === undefined ? 0 : 1;
		const {values, words} = takeWords(given, {options: known, mostWords, stopsAtWord: false});
		if (values.has('--help')) return {does: 'show', text: commandHelp(command, known)};
		checkTls(values);
		return {does: 'run', command, values: withDefaults(values, commands[command].options), words};
	} catch (error) {
		return refusal(error, commandUsageLine(command, known), command);
	}
};

/** Reads the arguments as Vira does: global options, the command, its options. */
export const parseCommandLine = (given: readonly string[], behaviour: Behaviour): Asked => {
	const known = (options: readonly Option[]): readonly Option[] =>
		options.filter(({flag}) => !behaviour.withoutFlags.includes(flag));
	const globals = known(globalOptions);
	try {
		const {values, rest} = takeWords(given, {options: globals, mostWords: 0, stopsAtWord: true});
		if (values.has('--help')) return {does: 'show', text: programHelp(globals)};
		if (values.has('--version')) return {does: 'show', text: `vira ${behaviour.version}`};
		const [command, ...ofCommand] = rest;
		if (command === undefined) throw new Refusal('Missing: COMMAND');
		if (!isCommandName(command)) throw new Refusal(`Invalid argument \`${command}'`);
		const asked = parseCommand(command, ofCommand, known(commands[command].options));
		if (asked.does !== 'run') return asked;
		return {...asked, values: new Map([...withDefaults(values, globalOptions), ...asked.values])};
	} catch (error) {
		return refusal(error, programUsageLine(globals));
	}
};
