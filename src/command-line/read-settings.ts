import {unknownInFile, unknownVariables} from './usage-errors.ts';
import {SetupError} from '../errors.ts';
import {cannotRead, doesNotExist, isFolderNotFile} from '../platform/paths.ts';
import {flags, foreignTo, parseGiven, parseVariables, type ReadGiven, variableOf} from '../settings/flags.ts';
import {defaultSettings, type Given} from '../settings/options.ts';
import {isSameValue} from '../settings/value.ts';
import {misgivenText, type Misgiven} from '../settings/problem.ts';
import {isNewerFormat, parseSettingsFile, nameInFile} from '../settings/settings-file.ts';
import type {UnitOwner} from '../settings/unit-value.ts';
import type {Warning} from '../settings/warning.ts';
import {cliCommands, type CliCommand, type SimulatedMachine} from './commands.ts';
import {simulationOf} from './flag-values.ts';
import type {ParsedArguments} from './parse-arguments.ts';

/** Reads a file; `-` is standard input. undefined: the file does not exist. */
type Read = (path: string) => Promise<string | undefined>;

const whyNotRead: Readonly<Record<string, (path: string) => string>> = {
	EISDIR: isFolderNotFile,
	EACCES: (path) => `${cannotRead(path)} Use a copy that you can read.`,
};

/** The text of the file, or why it cannot be read: a sentence. */
const readSettingsText = async (path: string, read: Read): Promise<{text: string} | {message: string}> => {
	if (path.includes('\uFFFD')) return {message: 'The file name is not UTF-8. Rename the file.'};
	try {
		const text = await read(path);
		return text === undefined ? {message: doesNotExist(path)} : {text};
	} catch (error) {
		if (error instanceof SetupError) return {message: error.message};
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		return {message: whyNotRead[code]?.(path) ?? `${cannotRead(path, code)} Use another file.`};
	}
};

const newerFormat: Misgiven = {
	option: undefined,
	setting: 'schema',
	place: 'schema',
	message: 'Written by a newer version of vira-setup. Use that version.',
};

const fromConfig =
	(path: string) =>
	(problem: Misgiven): Misgiven => ({
		...problem,
		place: problem.place === '' ? '--config' : `--config ${path}: ${problem.place}`,
	});

/** The settings in the file of --config, and its problems. `owner`: whom Vira's module wrote the unit for. */
export const readConfig = async (
	path: string | undefined,
	read: Read,
	owner?: () => Promise<UnitOwner>,
): Promise<ReadGiven> => {
	const given: Given = new Map();
	if (path === undefined) return {given, problems: []};
	const file = await readSettingsText(path, read);
	if ('message' in file)
		return {given, problems: [fromConfig(path)({option: undefined, place: '', message: file.message})]};
	const called = path === '-' ? 'Standard input' : path;
	const written = parseSettingsFile(file.text, {called});
	const settings =
		written.ofModule && owner ? parseSettingsFile(file.text, {owner: await owner(), called}) : written;
	const newer = isNewerFormat(file.text) ? [newerFormat] : [];
	return {
		given: settings.given,
		problems: [...settings.problems, ...unknownInFile(settings), ...newer].map(fromConfig(path)),
		warnings: settings.doubts.map((doubt) => ({
			code: 'module-value',
			...(doubt.option && {option: doubt.option}),
			message: misgivenText(doubt),
		})),
	};
};

/** What the settings are read with. */
export interface Around {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Reads the file of --config; `-` is standard input. */
	readonly read: Read;
	/**
	 * The account that runs Vira, and its platform. Not given: values of Vira's module stay as written, and settings of
	 * either platform are read.
	 */
	readonly unitOwner?: (machine: SimulatedMachine | undefined) => Promise<UnitOwner>;
}

/** The settings that were given, wherever they were. */
export interface GivenSettings {
	/** By source, weakest first: file, variables, options. */
	readonly given: readonly Given[];
	/** Values that are wrong or could not be read. */
	readonly problems: readonly Misgiven[];
	/** Values that are used differently from how they were written. */
	readonly warnings: readonly Warning[];
}

const parseFlags = (settings: ParsedArguments['settings']): ReadGiven => {
	const texts = flags.flatMap(({option, name, placeholder}) => {
		const value = settings.get(name);
		if (value === undefined) return [];
		// A switch is on or off; no text clears another setting.
		const onOrCleared = placeholder === undefined ? [String(value)] : [];
		return [[option, typeof value === 'boolean' ? onOrCleared : value] as const];
	});
	return parseGiven(new Map(texts), ({name}, wrong) => `--${name}${wrong === undefined ? '' : ` ${wrong}`}`);
};

/** A saved or exported file holds every setting: the default of the other platform's setting asks for nothing. */
const withoutDefaults = (given: Given): Given => {
	const defaults = defaultSettings({vira: undefined});
	return new Map([...given].filter(([name, value]) => !isSameValue(value, defaults[name])));
};

/** What was given for the other platform, by source: file, variables, options. */
const foreignIn = (
	[file, variables, words]: readonly [Given, Given, Given],
	{platform}: UnitOwner,
	path = '',
): readonly Misgiven[] => [
	...foreignTo(platform, words, ({name}, value) => `--${value === false ? 'no-' : ''}${name}`),
	...foreignTo(platform, variables, variableOf),
	...foreignTo(platform, withoutDefaults(file), ({option}) => nameInFile(option)).map(fromConfig(path)),
];

/** Settings from the words, the variables and the file; a command without settings reads none of them. */
export const readSettings = async (
	command: CliCommand,
	{run, settings}: ParsedArguments,
	{environment, read, unitOwner}: Around,
): Promise<GivenSettings> => {
	if (!cliCommands[command].settings) return {given: [], problems: [], warnings: []};
	const fromFlags = parseFlags(settings);
	const fromVariables = parseVariables(environment);
	const owner = unitOwner && (() => unitOwner(simulationOf(run)));
	const fromFile = await readConfig(run.config, read, owner);
	const given = [fromFile.given, fromVariables.given, fromFlags.given] as const;
	return {
		given,
		problems: [
			// An exported file may be for another machine.
			...(owner && command !== 'export' ? foreignIn(given, await owner(), run.config) : []),
			...fromFlags.problems,
			...fromVariables.problems,
			...unknownVariables(environment),
			...fromFile.problems,
		],
		warnings: fromFile.warnings ?? [],
	};
};
