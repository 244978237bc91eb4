import {Option as CommanderOption, type Command} from 'commander';
import {
	isAnswering,
	runFlagName,
	runFlags,
	shells,
	verbNames,
	verbs,
	type Format,
	type Shell,
	type SimulatedMachine,
	type Verb,
} from './commands.ts';
import {
	didYouMean,
	parseWords,
	unanswered,
	unexpectedArgument,
	unknownVerb,
	usage,
} from './parse-arguments.ts';
import {formatOf, logOf, parseBack, parseSeconds, simulationOf} from './flag-values.ts';
import {readConfig, type Read} from './read-config.ts';
import {refusedTogether} from '../ui/validation-error.ts';
import {flags, parseGiven, parseVariables} from '../settings/flags.ts';
import type {LogWanted} from '../platform/service-manager/log-source.ts';
import type {Given, OptionName} from '../settings/options.ts';
import type {Misgiven} from '../settings/problem.ts';
import type {UnitOwner} from '../settings/unit-value.ts';
import type {Warning} from '../settings/warning.ts';

/** Options that accept what a person would accept in the preview. */
export type Consent = 'overwrite' | 'allow-state-reset' | 'purge' | 'disable-linger';

/** What the command line asks for. */
export interface Request {
	readonly verb: Verb;
	/** Settings by source, weakest first: file, variables, options. */
	readonly given: readonly Given[];
	/** Values that are wrong or could not be read. */
	readonly problems: readonly Misgiven[];
	/** Values that are used differently from how they were written. */
	readonly warnings: readonly Warning[];
	readonly interactive: boolean;
	/** Whether a command may ask at the terminal, as sudo does for a password. */
	readonly mayBeAsked: boolean;
	/** Whether to ask one question at a time. */
	readonly plain: boolean;
	readonly json: boolean;
	readonly dryRun: boolean;
	/** Like dryRun, but the exit status shows whether something would change. */
	readonly check: boolean;
	/** Whether to only print the command for these settings. */
	readonly printCommand: boolean;
	/** The options of the run that belong to that command. */
	readonly runWords: readonly string[];
	/** Losses that are accepted in advance, by option. */
	readonly consent: readonly Consent[];
	readonly keepOnFailure: boolean;
	/** How many backups `rollback` goes back, from 1. */
	readonly back: number;
	/** Whether `doctor` applies the safe fixes. */
	readonly fix: boolean;
	/** How long Vira may take to respond after a start. */
	readonly withinMs: number;
	/** The shell whose completion script is printed. */
	readonly shell: Shell | undefined;
	/** What `logs` shows. */
	readonly log: LogWanted;
	/** What `export` prints. */
	readonly format: Format;
	readonly simulate: SimulatedMachine | undefined;
	/** Folder of the simulated machine; undefined: a temporary folder. */
	readonly simulationFolder: string | undefined;
}

interface RunFlags {
	readonly config?: string;
	readonly nonInteractive?: boolean;
	readonly plain?: boolean;
	readonly json?: boolean;
	readonly dryRun?: boolean;
	readonly check?: boolean;
	readonly printCommand?: boolean;
	readonly overwrite?: boolean;
	readonly allowStateReset?: boolean;
	readonly purge?: boolean;
	readonly disableLinger?: boolean;
	readonly keepOnFailure?: boolean;
	readonly to?: string;
	readonly fix?: boolean;
	readonly wait?: string;
	readonly format?: string;
	readonly follow?: boolean;
	readonly lines?: string;
	readonly since?: string;
	readonly simulate?: string | true;
	readonly simulationFolder?: string;
}

const verbOf = ({args: [word = 'install', second]}: Command): Verb => {
	if (isAnswering(word)) throw unanswered(word, second);
	const verb = verbNames.find((name) => name === word);
	if (verb === undefined) throw unknownVerb(word);
	return verb;
};

/** The argument of `completion`. */
const shellOf = (verb: Verb, {args: [, word]}: Command): Shell | undefined => {
	if (verb !== 'completion') {
		if (word !== undefined) throw unexpectedArgument(word);
		return undefined;
	}
	const shell = shells.find((name) => name === word);
	if (shell !== undefined) return shell;
	const hint = word === undefined ? '' : didYouMean(word, shells);
	throw usage(`completion needs the name of a shell: ${shells.join(', ')}.${hint}`);
};

/** What to use instead of an option that a command does not take. */
const instead: Readonly<Record<string, string>> = {
	'--json with export': ' To print the settings as JSON, use --format json.',
	'--format with install': ' Use it with "export".',
};

/** An option that would have no effect is an error, because it was given for a reason. */
const demandFlagsOf = (verb: Verb, command: Command): void => {
	const {settings, takes} = verbs[verb];
	const ofSettings = flags.map(({name}) => new CommanderOption(`--${name}`).attributeName());
	const taken: readonly string[] = [...(settings ? ofSettings : []), ...takes];
	const strange = command.options
		.filter((option) => !option.negate && !option.hidden && !taken.includes(option.attributeName()))
		.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
		.map(
			(option) =>
				`--${command.getOptionValue(option.attributeName()) === false ? 'no-' : ''}${option.name()}`,
		);
	if (strange.length === 0) return;
	throw usage(
		strange
			.map((flag) => `${flag} is not valid with "${verb}".${instead[`${flag} with ${verb}`] ?? ''}`)
			.join('\n'),
	);
};

const textsOf = (command: Command): ReadonlyMap<OptionName, readonly string[]> =>
	new Map(
		flags.flatMap((flag): [OptionName, readonly string[]][] => {
			const value: unknown = command.getOptionValue(new CommanderOption(`--${flag.name}`).attributeName());
			if (value === undefined) return [];
			if (typeof value !== 'boolean') return [[flag.option, value as readonly string[]]];
			return [[flag.option, flag.placeholder === undefined ? [String(value)] : []]];
		}),
	);

/** Settings from the words, the variables and the file; a command without settings reads none of them. */
const readSettings = async (
	verb: Verb,
	command: Command,
	{environment, read, unitOwner}: Around,
): Promise<Pick<Request, 'given' | 'problems' | 'warnings'>> => {
	if (!verbs[verb].settings) return {given: [], problems: [], warnings: []};
	const fromFlags = parseGiven(textsOf(command), ({name}) => `--${name}`);
	const fromVariables = parseVariables(environment);
	const run = command.opts<RunFlags>();
	const owner = unitOwner && (() => unitOwner(simulationOf(run)));
	const fromFile = await readConfig(run.config, read, owner);
	return {
		given: [fromFile.given, fromVariables.given, fromFlags.given],
		problems: [...fromFlags.problems, ...fromVariables.problems, ...fromFile.problems],
		warnings: fromFile.warnings ?? [],
	};
};

interface Around {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Reads the file of --config; `-` is standard input. */
	readonly read: Read;
	/** The account that the unit of Vira's module was written for. Not given: its values stay as written. */
	readonly unitOwner?: (machine: SimulatedMachine | undefined) => Promise<UnitOwner>;
}

const consents = ['overwrite', 'allowStateReset', 'purge', 'disableLinger'] as const;

const consentOf = (run: RunFlags): readonly Consent[] =>
	consents.filter((name) => run[name]).map((name) => runFlagName(name) as Consent);

/** Options that the printed command replaces. */
const notRepeated: readonly string[] = ['printCommand', 'json', 'nonInteractive', 'config'];

const runWordsOf = (command: Command): readonly string[] =>
	Object.keys(runFlags)
		.filter((name) => !notRepeated.includes(name) && command.getOptionValueSource(name) === 'cli')
		.flatMap((name) => {
			const value: unknown = command.getOptionValue(name);
			return [`--${runFlagName(name)}`, ...(typeof value === 'string' ? [value] : [])];
		});
/** Commands that show a preview and ask. */
const asking: readonly Verb[] = ['install', 'rollback', 'uninstall'];

/** What the words, the variables and the file ask for. All wrong values are reported together. */
export const parseRequest = async (words: readonly string[], around: Around): Promise<Request> => {
	const command = parseWords(words);
	const run = command.opts<RunFlags>();
	const verb = verbOf(command);
	// First: in `--simulate export`, the command is read as a machine, and the error says so.
	const simulate = simulationOf(run);
	demandFlagsOf(verb, command);
	const shell = shellOf(verb, command);
	const {given, problems, warnings} = await readSettings(verb, command, around);
	const neverAsks = [run.nonInteractive, run.json, run.check, run.printCommand].includes(true);
	const interactive = asking.includes(verb) && !neverAsks;
	if (run.plain && !interactive)
		throw usage(
			'--plain is not valid with --non-interactive, --json, --check or --print-command, which never ask.',
		);
	// A script gets these together with the problems of the machine. A wizard does not start with them.
	if (problems.length > 0 && (interactive || verb === 'export')) throw refusedTogether(problems);
	return {
		verb,
		problems,
		warnings,
		given,
		interactive,
		mayBeAsked: !(run.nonInteractive ?? false) && !(run.json ?? false),
		plain: run.plain ?? false,
		json: run.json ?? false,
		dryRun: (run.dryRun ?? false) || (run.check ?? false),
		check: run.check ?? false,
		printCommand: run.printCommand ?? false,
		runWords: runWordsOf(command),
		consent: consentOf(run),
		keepOnFailure: run.keepOnFailure ?? false,
		back: parseBack(run.to ?? runFlags.to.default),
		fix: run.fix ?? false,
		withinMs: parseSeconds(run.wait ?? runFlags.wait.default) * 1000,
		shell,
		log: logOf(run),
		format: formatOf(run),
		simulate,
		simulationFolder: run.simulationFolder,
	};
};
