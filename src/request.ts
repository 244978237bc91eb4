import {Command, CommanderError, Option as CommanderOption} from 'commander';
import {exitCode, SetupError} from './errors.ts';
import {flags, parseGiven, parseVariables, type Flag} from './settings/flags.ts';
import {groups} from './settings/option.ts';
import {optionOf, type Given, type OptionName} from './settings/options.ts';
import {parseSettingsFile} from './settings/settings-file.ts';

/** Flags that accept what a person would accept in the preview. */
export type Consent = 'overwrite' | 'allow-state-reset';

/** What the person asked for. */
export interface Request {
	/** Settings by where they were given, the weaker first: file, variables, flags. */
	readonly given: readonly Given[];
	readonly interactive: boolean;
	readonly json: boolean;
	readonly dryRun: boolean;
	/** As dryRun, but the exit status says whether something would change. */
	readonly check: boolean;
	/** Losses that are accepted beforehand, by their flags. */
	readonly consent: readonly Consent[];
	readonly keepOnFailure: boolean;
	/** How long the page may take to answer after a start. */
	readonly withinMs: number;
	readonly rehearse: 'linux' | undefined;
	/** Where the simulated machine is kept; undefined: in a throwaway folder. */
	readonly rehearsalFolder: string | undefined;
}

interface RunFlags {
	readonly config?: string;
	readonly nonInteractive?: boolean;
	readonly json?: boolean;
	readonly dryRun?: boolean;
	readonly check?: boolean;
	readonly overwrite?: boolean;
	readonly allowStateReset?: boolean;
	readonly keepOnFailure?: boolean;
	readonly wait: number;
	readonly rehearse?: string | true;
	readonly rehearsalFolder?: string;
}

const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
	...(earlier ?? []),
	value,
];

const defaultNote = ({option}: Flag): string => {
	const declared = optionOf(option);
	if (!('default' in declared) || declared.default === undefined) return '';
	if (declared.kind === 'toggle') return declared.default ? ' (default: on)' : ' (default: off)';
	return ` (default: ${declared.default})`;
};

const choiceNote = ({option}: Flag): string => {
	const declared = optionOf(option);
	return declared.kind === 'choice' ? ` One of ${declared.choices.join(', ')}.` : '';
};

const addFlag = (command: Command, flag: Flag): void => {
	const {help, group} = optionOf(flag.option);
	const heading = `${groups[group]}:`;
	const note = `${help}${choiceNote(flag)}${flag.repeated ? ' Can be repeated.' : ''}${defaultNote(flag)}`;
	const words = flag.placeholder === undefined ? `--${flag.name}` : `--${flag.name} <${flag.placeholder}>`;
	const option = new CommanderOption(words, note).helpGroup(heading);
	if (flag.placeholder !== undefined) option.argParser(collect);
	command.addOption(option);
	if (!flag.negatable) return;
	const negation = new CommanderOption(
		`--no-${flag.name}`,
		flag.repeated ? 'None.' : flag.placeholder ? 'Not set.' : 'Off.',
	);
	command.addOption(negation.helpGroup(heading));
};

const parseSeconds = (text: string): number => {
	const seconds = Number(text);
	if (/^\d+$/u.test(text) && seconds >= 1 && seconds <= 3600) return seconds;
	throw new SetupError({what: '--wait: Use a whole number of seconds from 1 to 3600.', code: exitCode.usage});
};

const usage = (sentence: string): SetupError =>
	new SetupError({what: sentence, next: ['vira-setup --help   lists everything.'], code: exitCode.usage});

const runOptions = (command: Command): Command =>
	command
		.optionsGroup('This run:')
		.option(
			'--non-interactive',
			'Never ask; take what is not given from the saved settings and the defaults.',
		)
		.option('--config <FILE>', 'Read settings from a JSON file; - is standard input.')
		.option('--dry-run', 'Show what would be done, and change nothing.')
		.option('--check', 'As --dry-run; exit status 10 if something would change.')
		.option('--json', 'Print one JSON document on standard output; never ask.')
		.option('--overwrite', 'Replace a service file that was changed by hand.')
		.option(
			'--allow-state-reset',
			'Let a new Vira begin anew beside a state that it cannot read, which is moved aside.',
		)
		.option('--keep-on-failure', 'Leave the new service in place when it does not become healthy.')
		.option('--wait <SECONDS>', 'How long the page may take to answer.', parseSeconds, 60)
		.option('--rehearse [PLATFORM]', 'Try everything on a simulated machine; nothing changes here.')
		.option('--rehearsal-folder <FOLDER>', 'Keep the simulated machine in this folder, for the next run.');

/** The command line as commander knows it, made from the list of options. */
export const commandLine = (version: string): Command => {
	const command = new Command('vira-setup')
		.description('Sets up Vira, the CI server for Nix projects, as a service that starts at boot.')
		.version(version, '--version', 'Print the version.')
		.helpOption('--help', 'Print this page.')
		.argument('[install]', 'Set up Vira, or change how it is set up: what happens without a verb, too.')
		.allowExcessArguments(false)
		.exitOverride()
		.configureOutput({writeErr: () => undefined})
		.addHelpText('after', '\nEach setting can also be given as a variable: VIRA_SETUP_PORT=8443.\n');
	runOptions(command);
	for (const flag of flags) addFlag(command, flag);
	return command;
};

const parseWords = (words: readonly string[], version: string): Command => {
	const command = commandLine(version);
	try {
		command.parse(words, {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError) || error.exitCode === 0) throw error;
		throw usage(error.message.replace(/^error: /u, ''));
	}
	const [verb] = command.args;
	if (verb !== undefined && verb !== 'install') throw usage(`There is no verb '${verb}'.`);
	return command;
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

const readConfig = async (path: string | undefined, read: (path: string) => Promise<string | undefined>) => {
	if (path === undefined) return {given: new Map() as Given, problems: []};
	const text = await read(path);
	if (text === undefined)
		return {given: new Map() as Given, problems: [`--config: There is no file ${path}.`]};
	const {given, problems, unknown} = parseSettingsFile(text);
	const strange = Object.keys(unknown).map((key) => `${key}: There is no setting of this name.`);
	return {given, problems: [...problems, ...strange].map((problem) => `--config: ${problem}`)};
};

interface Around {
	readonly version: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Reads the file of --config; `-` is standard input. undefined: there is none. */
	readonly read: (path: string) => Promise<string | undefined>;
}

const rehearsalOf = ({rehearse, rehearsalFolder}: RunFlags): 'linux' | undefined => {
	if (rehearse === undefined && rehearsalFolder === undefined) return undefined;
	if (rehearse === undefined || rehearse === true || rehearse === 'linux') return 'linux';
	throw usage(`--rehearse: There is no simulated ${rehearse}; use linux.`);
};

const consentOf = ({overwrite, allowStateReset}: RunFlags): readonly Consent[] => [
	...(overwrite ? (['overwrite'] as const) : []),
	...(allowStateReset ? (['allow-state-reset'] as const) : []),
];

/** What the words, the variables and the file ask for. Every wrong value is told at once, where it was given. */
export const parseRequest = async (
	words: readonly string[],
	{version, environment, read}: Around,
): Promise<Request> => {
	const command = parseWords(words, version);
	const run = command.opts<RunFlags>();
	const fromFlags = parseGiven(textsOf(command), ({name}) => `--${name}`);
	const fromVariables = parseVariables(environment);
	const fromFile = await readConfig(run.config, read);
	const problems = [...fromFlags.problems, ...fromVariables.problems, ...fromFile.problems];
	if (problems.length > 0) throw usage(problems.join('\n'));
	return {
		given: [fromFile.given, fromVariables.given, fromFlags.given],
		interactive: !(run.nonInteractive ?? false) && !(run.json ?? false) && !(run.check ?? false),
		json: run.json ?? false,
		dryRun: (run.dryRun ?? false) || (run.check ?? false),
		check: run.check ?? false,
		consent: consentOf(run),
		keepOnFailure: run.keepOnFailure ?? false,
		withinMs: run.wait * 1000,
		rehearse: rehearsalOf(run),
		rehearsalFolder: run.rehearsalFolder,
	};
};
