import {SetupError, type ExitCode} from '../errors.ts';
import type {LogWanted} from '../platform/service-manager/log-source.ts';
import type {Locking} from '../steps/execute/execute.ts';
import type {Settings} from '../settings/options.ts';
import {refusedTogether, seeOptions} from '../ui/error-report.ts';
import {
	askingCommands,
	commandNamed,
	shells,
	type CliCommand,
	type ExportFormat,
	type Shell,
	type SimulatedMachine,
} from './commands.ts';
import {
	formatOf,
	logOf,
	parseBack,
	parseTarget,
	parseSeconds,
	repositoriesOf,
	simulationOf,
	demandFlagsOf,
} from './flag-values.ts';
import {parseWords, takesMany, wordAt, type ParsedArguments, type RunValues} from './parse-arguments.ts';
import {readSettings, type Around, type GivenSettings} from './read-settings.ts';
import {consents, runFlags, type RunFlagName} from './run-flags.ts';
import {didYouMean, unexpectedArgument, unknownCommand, usage} from './usage-errors.ts';

type Consent = (typeof consents)[number];

/** What the command line asks for. */
export interface Request extends GivenSettings {
	readonly command: CliCommand;
	readonly interactive: boolean;
	/** Whether a command may ask at the terminal, as sudo does for a password. */
	readonly mayBeAsked: boolean;
	/** Whether to ask one question at a time. */
	readonly plain: boolean;
	readonly json: boolean;
	/** Whether only errors and what was asked for are shown. */
	readonly quiet: boolean;
	/** Whether each command and each changed file is shown. */
	readonly verbose: boolean;
	readonly dryRun: boolean;
	/** Like dryRun, but the exit status shows whether something would change. */
	readonly check: boolean;
	/** Whether a setting that is not given is its default, not what is saved. */
	readonly ignoreSaved: boolean;
	/** Whether to only print the command for these settings. */
	readonly printCommand: boolean;
	/** The options of the run that belong to that command. */
	readonly runWords: readonly string[];
	/** Losses that are accepted in advance, by option. */
	readonly consent: readonly Consent[];
	readonly keepOnFailure: boolean;
	/** How many backups `rollback` goes back, from 1. */
	readonly back: number;
	/** The Vira that `update` changes to; undefined: the newest of the same. */
	readonly updateTo: string | undefined;
	/** Whether `doctor` applies the safe fixes. */
	readonly fix: boolean;
	/** How long Vira may take to respond after a start. */
	readonly withinMs: number;
	/** The shell whose completion script is printed. */
	readonly shell: Shell | undefined;
	/** The repositories that `check-repository` is asked for: clone URLs by name. */
	readonly repositories: Settings['repositories'];
	/** Whether a machine that cannot build is a failure. */
	readonly requireReady: boolean;
	/** What `logs` shows. */
	readonly log: LogWanted;
	/** What `export` prints. */
	readonly format: ExportFormat;
	readonly simulate: SimulatedMachine | undefined;
	/** Folder of the simulated machine; undefined: a temporary folder. */
	readonly simulationFolder: string | undefined;
}

const commandOf = (parsed: ParsedArguments): CliCommand => {
	const [word = 'install', second] = parsed.words;
	// `help` and `version` are answered before, unless an argument follows that they do not take.
	if (word === 'help' && second !== undefined) throw unknownCommand(wordAt(parsed, 1));
	if (word === 'help' || word === 'version')
		throw unexpectedArgument(wordAt(parsed, second === undefined ? 0 : 1));
	const command = commandNamed(word);
	if (command === undefined) throw unknownCommand(wordAt(parsed, 0));
	return command;
};

/** The argument of `completion`. */
const shellOf = (command: CliCommand, parsed: ParsedArguments): Shell | undefined => {
	const [, word] = parsed.words;
	if (takesMany(parsed.words)) return undefined;
	if (command !== 'completion' && word !== undefined) throw unexpectedArgument(wordAt(parsed, 1));
	if (command !== 'completion') return undefined;
	const shell = shells.find((name) => name === word);
	if (shell !== undefined) return shell;
	const hint = word === undefined ? '' : didYouMean(word, shells);
	throw usage(`completion needs the name of a shell: ${shells.join(', ')}.${hint}`);
};

/** Options that the printed command replaces, or that say how it is printed. */
const notRepeated: readonly string[] = [
	'print-command',
	'json',
	'quiet',
	'verbose',
	'yes',
	'non-interactive',
	'config',
];

const runWordsOf = (run: RunValues): readonly string[] =>
	(Object.keys(runFlags) as readonly RunFlagName[])
		.filter((name) => name in run && !notRepeated.includes(name))
		.flatMap((name) => [`--${name}`, ...(typeof run[name] === 'string' ? [run[name]] : [])]);

/** What only the options of the run decide. */
const ofRun = (run: RunValues) => ({
	mayBeAsked: !run['non-interactive'] && !run.json,
	plain: run.plain ?? false,
	json: run.json ?? false,
	quiet: run.quiet ?? false,
	verbose: run.verbose ?? false,
	dryRun: run['dry-run'] ?? run.check ?? false,
	check: run.check ?? false,
	ignoreSaved: run['ignore-saved'] ?? false,
	printCommand: run['print-command'] ?? false,
	runWords: runWordsOf(run),
	consent: consents.filter((name) => run[name]),
	keepOnFailure: run['keep-on-failure'] ?? false,
	fix: run.fix ?? false,
	requireReady: run['require-ready'] ?? false,
	withinMs: parseSeconds(run.wait) * 1000,
	log: logOf(run),
	format: formatOf(run.format),
	simulationFolder: run['simulation-folder'],
});

/** How a run shows what it does, and whether it asks, must fit together. */
const demandManner = ({plain, quiet, verbose}: RunValues, interactive: boolean): void => {
	if (quiet && verbose) throw usage('--quiet and --verbose cannot be used together.');
	if (plain && !interactive)
		throw usage(
			'--plain is not valid with --yes, --non-interactive, --json, --check or --print-command, which never ask.',
		);
	if (quiet && interactive)
		throw usage('--quiet is not valid in a run that asks. Add --yes, which accepts every default.');
};

const interpret = async (words: readonly string[], around: Around): Promise<Request> => {
	const parsed = parseWords(words);
	const {run} = parsed;
	const command = commandOf(parsed);
	// First: in `--simulate export`, the command is read as a machine, and the error says so.
	const simulate = simulationOf(run);
	demandFlagsOf(command, parsed);
	const shell = shellOf(command, parsed);
	const repositories = repositoriesOf(parsed);
	const settings = await readSettings(command, parsed, around);
	const neverAsks =
		run.yes ?? run['non-interactive'] ?? run.json ?? run.check ?? run['print-command'] ?? false;
	const interactive = askingCommands.includes(command) && !neverAsks;
	demandManner(run, interactive);
	// A script gets these together with the problems of the machine. A wizard does not start with them.
	const {problems} = settings;
	if (problems.length > 0 && (interactive || command === 'export')) throw refusedTogether(problems);
	const target = {
		back: parseBack(command === 'rollback' ? run.to : undefined),
		updateTo: command === 'update' ? parseTarget(run.to) : undefined,
	};
	return {command, ...settings, interactive, ...ofRun(run), ...target, shell, repositories, simulate};
};

/** What the words, the variables and the file ask for. All wrong values are reported together. */
export const parseRequest = async (words: readonly string[], around: Around): Promise<Request> => {
	try {
		return await interpret(words, around);
	} catch (error) {
		if (!(error instanceof SetupError) || error.failure.fixes) throw error;
		const command = words.map(commandNamed).find((name) => name !== undefined);
		throw new SetupError({...error.failure, fixes: [seeOptions(command)]});
	}
};

/** A command that runs: what was typed, and the machine that it is about. */
export interface CommandRun extends Locking {
	readonly request: Request;
}

/** How a command ended. `simulate`: the person wants to try it on a simulated machine. */
export type RunEnd = ExitCode | 'simulate';

/** How the result of a command is printed. */
export const kindOf = ({json, quiet, check, simulate}: Request) => ({
	json,
	quiet,
	check,
	simulation: simulate !== undefined,
});
