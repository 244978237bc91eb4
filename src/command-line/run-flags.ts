import {
	allCommandNames,
	askingCommands,
	commandNames,
	exportFormats,
	simulatedMachines,
	type CliCommand,
} from './commands.ts';

/** An option that changes this run, not a setting. */
export interface RunFlag {
	/**
	 * One line, for --help, the manual page and completions. The page of the program shows the first sentence of those that
	 * are common.
	 */
	readonly help: string;
	readonly isCommon?: true;
	/** The commands that take it. */
	readonly commands: readonly string[];
	/** Its short form. */
	readonly short?: string;
	/** Name of the value in --help; FILE and FOLDER decide what is completed. Absent: it takes no value. */
	readonly placeholder?: string;
	/** Whether the value can be left out. */
	readonly valueIsOptional?: true;
	readonly choices?: readonly string[];
	readonly default?: string;
}

const examining: readonly string[] = commandNames.filter((name) => name !== 'completion');
const configuring: readonly CliCommand[] = ['install', 'update', 'rollback'];
const starting: readonly CliCommand[] = [...configuring, 'start', 'restart', 'doctor'];
/** Those whose plan can be shown without being carried out. */
const planning: readonly CliCommand[] = [...askingCommands, 'start', 'stop', 'restart'];

/** Options that accept a loss, as a person would in the preview. */
export const consents = ['overwrite', 'allow-state-reset', 'purge', 'disable-linger'] as const;

/** In the order of --help. */
export const runFlags = {
	yes: {
		help: 'Accept the preview and every default without asking. What would lose something still needs its own option, such as --overwrite.',
		isCommon: true,
		commands: askingCommands,
		short: 'y',
	},
	'non-interactive': {
		isCommon: true,
		help: 'Never ask, not even for a password. Use saved settings and defaults for everything that is not given.',
		commands: examining,
	},
	plain: {
		help: 'Ask line by line. For screen readers and simple terminals.',
		isCommon: true,
		commands: askingCommands,
	},
	config: {
		help: 'Read settings from a JSON file; - is standard input.',
		commands: ['install', 'export'],
		placeholder: 'FILE',
	},
	'ignore-saved': {
		help: 'Use the default, not the saved value, for every setting that is not given. Not in the full-screen wizard.',
		commands: ['install', 'export'],
	},
	'dry-run': {
		help: 'Show what would be done, without changing anything.',
		isCommon: true,
		commands: planning,
	},
	check: {
		help: 'Like --dry-run, with exit status 10 if something would change.',
		commands: planning,
	},
	'print-command': {
		help: 'Print the equivalent non-interactive command and exit.',
		commands: ['install'],
	},
	json: {
		help: 'Print one JSON document to standard output. Never ask.',
		isCommon: true,
		commands: allCommandNames.filter((name) => name !== 'export' && name !== 'completion'),
	},
	quiet: {
		help: 'Show only errors and what you asked for. Not in a run that asks.',
		commands: examining,
		short: 'q',
	},
	verbose: {
		help: 'Show each command as it runs, and each changed file. Not in the full-screen wizard.',
		isCommon: true,
		commands: examining,
		short: 'v',
	},
	overwrite: {
		help: 'Replace a service file that was changed by hand; with uninstall, remove it.',
		commands: askingCommands,
	},
	'allow-state-reset': {
		help: 'Start with an empty state if the new Vira cannot read the old one, which is moved aside.',
		commands: configuring,
	},
	'require-ready': {
		help: 'Change nothing unless builds can succeed: Nix, the repositories and what they need. Not in a run that asks.',
		commands: ['install'],
	},
	'keep-on-failure': {
		help: 'Keep the new service even if it does not become healthy.',
		commands: configuring,
	},
	purge: {
		help: "Also delete Vira's state and its log. This cannot be undone.",
		commands: ['uninstall'],
	},
	'disable-linger': {
		help: 'Turn lingering off if vira-setup turned it on and nothing else of yours needs it.',
		commands: ['uninstall'],
	},
	to: {
		help: 'With rollback: number of backups to go back, up to 3; without it, 1: the previous settings. With update: another Vira, as a Nix package or a path.',
		commands: ['update', 'rollback'],
		placeholder: 'TARGET',
	},
	fix: {help: 'Apply the safe fixes.', commands: ['doctor']},
	wait: {
		help: 'Maximum time to wait for Vira to respond.',
		commands: starting,
		placeholder: 'SECONDS',
		default: '60',
	},
	follow: {help: 'Follow new log lines until you press Ctrl-C.', commands: ['logs'], short: 'f'},
	lines: {
		help: 'Number of recent lines to show. With --since, the default is all.',
		commands: ['logs'],
		short: 'n',
		placeholder: 'NUMBER',
		default: '50',
	},
	since: {
		help: "Show only lines since this time, such as 'yesterday', '-2h' or '2026-03-02 09:00'. Not on a Mac.",
		commands: ['logs'],
		placeholder: 'TIME',
	},
	format: {
		help: 'Output format.',
		commands: ['export'],
		placeholder: 'FORMAT',
		choices: exportFormats,
		default: exportFormats[0],
	},
	simulate: {
		help: 'Try everything on a simulated machine. Nothing on this machine changes.',
		isCommon: true,
		commands: examining,
		placeholder: 'MACHINE',
		valueIsOptional: true,
		choices: simulatedMachines,
		default: simulatedMachines[0],
	},
	'simulation-folder': {
		help: 'Keep the simulated machine in this folder for the next run.',
		commands: examining,
		placeholder: 'FOLDER',
	},
} as const satisfies Readonly<Record<string, RunFlag>>;
export type RunFlagName = keyof typeof runFlags;

/** Earlier names of options: accepted, and shown nowhere. */
export const formerNames: Readonly<Record<string, RunFlagName>> = {
	rehearse: 'simulate',
	'rehearsal-folder': 'simulation-folder',
};
