import {Command, Option as CommanderOption} from 'commander';
import {exitCode, SetupError} from './errors.ts';
import {flags, type Flag} from './settings/flags.ts';
import {groups} from './settings/option.ts';
import {optionOf} from './settings/options.ts';

/** Flags that every verb takes, beside those of the settings. */
const everywhere = ['config', 'nonInteractive', 'rehearse', 'rehearsalFolder'] as const;

/** What can be asked of the program, and by which flags of its own each can be changed. */
export const verbs = {
	install: {
		does: 'Set up Vira, or change how it is set up: what happens without a verb, too.',
		takes: [
			...everywhere,
			...([
				'plain',
				'dryRun',
				'check',
				'json',
				'overwrite',
				'allowStateReset',
				'keepOnFailure',
				'wait',
			] as const),
		],
	},
	export: {
		does: 'Print the settings, to go on with Home Manager or on another machine.',
		takes: [...everywhere, 'format'],
	},
} as const satisfies Readonly<Record<string, {readonly does: string; readonly takes: readonly string[]}>>;

export type Verb = keyof typeof verbs;
export const verbNames = Object.keys(verbs) as readonly Verb[];

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

const runOptions = (command: Command): Command =>
	command
		.optionsGroup('This run:')
		.option(
			'--non-interactive',
			'Never ask; take what is not given from the saved settings and the defaults.',
		)
		.option(
			'--plain',
			'Ask one question at a time, in lines: for a screen reader, or a terminal that cannot redraw.',
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
		.addOption(
			new CommanderOption('--format <FORMAT>', 'What export prints: home-manager or json.').default(
				formats[0],
				formats[0],
			),
		)
		.option('--rehearse [PLATFORM]', 'Try everything on a simulated machine; nothing changes here.')
		.option('--rehearsal-folder <FOLDER>', 'Keep the simulated machine in this folder, for the next run.');

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
	runOptions(command);
	for (const flag of flags) addFlag(command, flag);
	return command;
};
