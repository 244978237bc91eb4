import type {ViraArgument} from '../../settings/option.ts';
import {optionNames, optionOf} from '../../settings/options.ts';

/** How a value has to look; absent for a flag without one. */
interface KnownOption {
	readonly value?: string;
	/** What is said of a value that does not fit; undefined: it fits. */
	readonly trouble?: (text: string) => string | undefined;
	readonly help: string;
}

type Options = Readonly<Record<string, KnownOption>>;

/** Numbers are read as Haskell's types have them, and no other limit is kept. */
const number =
	(pattern: RegExp) =>
	(text: string): string | undefined =>
		pattern.test(text) ? undefined : `cannot parse value \`${text}'`;

const readers: Readonly<Record<NonNullable<ViraArgument['reads']>, KnownOption['trouble']>> = {
	integer: number(/^\s*-?\d+\s*$/u),
	natural: number(/^\s*\d+\s*$/u),
	'log-level': (text) =>
		/^(?:debug|info|warning|warn|error)$/iu.test(text)
			? undefined
			: 'Invalid log level. Choose from: Debug, Info, Warning, Error',
};

/** The arguments of our options, which the simulated Vira all knows. */
const argumentsThat = (isGlobal: boolean): Options =>
	Object.fromEntries(
		optionNames.flatMap((name) => {
			const {vira, help} = optionOf(name);
			if (!vira || (vira.global ?? false) !== isGlobal) return [];
			const {flag, value, reads} = vira;
			const trouble = reads && readers[reads];
			return [[flag, {help, ...(value !== undefined && {value}), ...(trouble && {trouble})}] as const];
		}),
	);

const globalOptions: Options = {'--version': {help: 'Show version'}, ...argumentsThat(true)};

type CommandName = 'web' | 'export' | 'import' | 'info';

/** The commands that can be played: `vira ci` runs a pipeline, which no machine here has. */
const commands: Readonly<Record<CommandName, Options>> = {
	web: argumentsThat(false),
	export: {},
	import: {},
	info: {},
};

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

export type Values = ReadonlyMap<string, string>;

/** What a command line asks of Vira. */
export type ViraRequest =
	| {readonly does: 'show-version'}
	| {readonly does: 'show-help' | 'refuse'; readonly text: string}
	| {readonly does: CommandName; readonly values: Values};

class Refusal extends Error {}

const usageOf = (name: string, options: Options): string =>
	`Usage: ${name}${Object.entries(options)
		.map(([flag, {value}]) => ` [${value === undefined ? flag : `${flag} ${value}`}]`)
		.join('')}`;

const helpOf = (name: string, options: Options): string => {
	const all: Options = {...options, '--help': {help: 'Show this help text'}};
	const lines = Object.entries(all).map(
		([flag, {value, help}]) => `  ${(value === undefined ? flag : `${flag} ${value}`).padEnd(32)} ${help}`,
	);
	return [usageOf(name, options), '', 'Available options:', ...lines].join('\n');
};

const unknown = (word: string): Refusal =>
	new Refusal(word.startsWith('-') ? `Invalid option \`${word}'` : `Invalid argument \`${word}'`);

/** Takes options from the front of the words until one that is none of these, or was given before. */
const takeOptions = (words: string[], options: Options, values: Map<string, string>): void => {
	while (words[0]?.startsWith('-')) {
		const [flag = '', ...attached] = words[0].split('=');
		const option = flag === '--help' ? {help: ''} : options[flag];
		if (!option || values.has(flag) || (option.value === undefined && attached.length > 0)) return;
		words.shift();
		if (option.value === undefined) {
			values.set(flag, '');
			continue;
		}
		const given = attached.length > 0 ? attached.join('=') : words.shift();
		if (given === undefined) throw new Refusal(`The option \`${flag}\` expects an argument.`);
		const trouble = option.trouble?.(given);
		if (trouble !== undefined) throw new Refusal(`option ${flag}: ${trouble}`);
		values.set(flag, given);
	}
};

const checkTls = (values: Values): void => {
	const given = ['--tls-cert', '--tls-key'].filter((flag) => values.has(flag));
	if (values.has('--no-https') && given[0] !== undefined) throw unknown(given[0]);
	if (given.length === 1)
		throw new Refusal(
			values.has('--tls-cert') ? 'Missing: --tls-key TLS_KEY' : 'Missing: --tls-cert TLS_CERT',
		);
};

const within = <T>(usage: string, read: () => T): T | {readonly does: 'refuse'; readonly text: string} => {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return {does: 'refuse', text: `${error.message}\n\n${usage}`};
	}
};

const readCommand = (words: string[], name: CommandName): ViraRequest => {
	const options = commands[name];
	return within(usageOf(`vira ${name}`, options), () => {
		const values = new Map<string, string>();
		takeOptions(words, options, values);
		if (values.has('--help')) return {does: 'show-help', text: helpOf(`vira ${name}`, options)};
		checkTls(values);
		return {does: name, values};
	});
};

const shownFor = (globals: Values): ViraRequest | undefined => {
	if (globals.has('--help'))
		return {
			does: 'show-help',
			text: `${helpOf('vira', globalOptions)}\n\nCommands: ${Object.keys(commands).join(', ')}`,
		};
	return globals.has('--version') ? {does: 'show-version'} : undefined;
};

/**
 * Reads a command line as Vira does: global options, the command, its options, and again global options. The parser
 * goes back to those as soon as a word is none of the command's own (optparse-applicative, Backtrack), and each option is
 * taken once.
 */
export const readViraWords = (given: readonly string[]): ViraRequest => {
	const words = [...given];
	return within(`${usageOf('vira', globalOptions)} COMMAND`, (): ViraRequest => {
		const globals = new Map<string, string>();
		takeOptions(words, globalOptions, globals);
		const shown = shownFor(globals);
		if (shown) return shown;
		const name = words.shift();
		if (name === undefined) throw new Refusal('Missing: COMMAND');
		if (!isCommand(name)) throw unknown(name);
		const asked = readCommand(words, name);
		if (!('values' in asked)) return asked;
		takeOptions(words, globalOptions, globals);
		if (words[0] !== undefined) throw unknown(words[0]);
		return shownFor(globals) ?? {does: asked.does, values: new Map([...globals, ...asked.values])};
	});
};
