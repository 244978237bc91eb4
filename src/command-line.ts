import {Command, Option as CommanderOption} from 'commander';
import {exitCode, SetupError} from './errors.ts';
import {flags, type Flag} from './settings/flags.ts';
import {groups} from './settings/option.ts';
import {optionOf} from './settings/options.ts';

/** Flags that every verb takes. */
const everywhere = ['nonInteractive', 'rehearse', 'rehearsalFolder'] as const;

interface VerbWords {
	readonly does: string;
	/** The flags of a run that it heeds, by the names that commander gives them. */
	readonly takes: readonly string[];
	/** Whether it heeds settings, by flag, variable or file. */
	readonly settings: boolean;
}

/** What can be asked of the program, and by which flags each can be changed. */
export const verbs = {
	install: {
		does: 'Set up Vira, or change how it is set up: what happens without a verb, too.',
		takes: [
			...everywhere,
			...(['config', 'dryRun', 'check', 'json', 'overwrite', 'allowStateReset'] as const),
			...(['keepOnFailure', 'wait'] as const),
		],
		settings: true,
	},
	status: {
		does: 'Tell whether Vira is set up, runs and answers, and what is not as it was set up.',
		takes: [...everywhere, 'json'],
		settings: false,
	},
	export: {
		does: 'Print the settings, to go on with Home Manager or on another machine.',
		takes: [...everywhere, 'config', 'format'],
		settings: true,
	},
} as const satisfies Readonly<Record<string, VerbWords>>;

export type Verb = keyof typeof verbs;
export const verbNames = Object.keys(verbs) as readonly Verb[];

/** Names as they stand in a sentence. */
export const listed = (names: readonly string[], word: 'and' | 'or'): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;

/** In --help: the verbs that something goes with, where it is not all of them. */
const goesWith = (takes: (verb: VerbWords) => boolean): string => {
	const names = verbNames.filter((name) => takes(verbs[name]));
	return names.length === verbNames.length ? '' : ` (with ${listed(names, 'and')})`;
};

/** What export prints: text of the Nix language, or the settings file. */
export const formats = ['home-manager', 'json'] as const;
export type Format = (typeof formats)[number];

/** After `--no-X`, which leaves false behind, the list begins anew. */
const collect = (value: string, earlier: readonly string[] | boolean | undefined): readonly string[] => [
	...(typeof earlier === 'object' ? earlier : []),
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
	const heading = `${groups[group]}${goesWith(({settings}) => settings)}:`;
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

interface RunFlag {
	/** As it is typed. */
	readonly words: string;
	readonly help: string;
	/** What it stands at where it is not given. */
	readonly default?: number | string;
	readonly parse?: (text: string) => number;
}

const runFlags: readonly RunFlag[] = [
	{
		words: '--non-interactive',
		help: 'Never ask; take what is not given from the saved settings and the defaults.',
	},
	{words: '--config <FILE>', help: 'Read settings from a JSON file; - is standard input.'},
	{words: '--dry-run', help: 'Show what would be done, and change nothing.'},
	{words: '--check', help: 'As --dry-run; exit status 10 if something would change.'},
	{words: '--json', help: 'Print one JSON document on standard output; never ask.'},
	{words: '--overwrite', help: 'Replace a service file that was changed by hand.'},
	{
		words: '--allow-state-reset',
		help: 'Let a new Vira begin anew beside a state that it cannot read, which is moved aside.',
	},
	{
		words: '--keep-on-failure',
		help: 'Leave the new service in place when it does not become healthy.',
	},
	{
		words: '--wait <SECONDS>',
		help: 'How long the page may take to answer.',
		parse: parseSeconds,
		default: 60,
	},
	{words: '--format <FORMAT>', help: 'What to print: home-manager or json.', default: formats[0]},
	{
		words: '--rehearse [PLATFORM]',
		help: 'Try everything on a simulated machine; nothing changes here.',
	},
	{
		words: '--rehearsal-folder <FOLDER>',
		help: 'Keep the simulated machine in this folder, for the next run.',
	},
];

const addRunFlag = (command: Command, flag: RunFlag): void => {
	const option = new CommanderOption(flag.words).helpGroup('This run:');
	option.description = flag.help + goesWith(({takes}) => takes.includes(option.attributeName()));
	if (flag.parse) option.argParser(flag.parse);
	if (flag.default !== undefined) option.default(flag.default, String(flag.default));
	command.addOption(option);
};

/** The command line as commander knows it, made from the list of options. */
export const commandLine = (version: string): Command => {
	const command = new Command('vira-setup')
		.description('Sets up Vira, the CI server for Nix projects, as a service that starts at boot.')
		.version(version, '--version', 'Print the version.')
		.helpOption('--help', 'Print this page.')
		.argument('[VERB]', verbNames.map((verb) => `${verb}: ${verbs[verb].does}`).join('\n'))
		.allowExcessArguments(false)
		.exitOverride()
		.configureOutput({writeErr: () => undefined})
		.addHelpText('after', '\nEach setting can also be given as a variable: VIRA_SETUP_PORT=8443.\n');
	for (const flag of runFlags) addRunFlag(command, flag);
	for (const flag of flags) addFlag(command, flag);
	return command;
};
