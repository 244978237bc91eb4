/** What export prints: Nix code, or the settings file. */
export const exportFormats = ['home-manager', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A Debian, a Mac with a desktop session, and a Mac that is reached by SSH only. */
export const simulatedMachines = ['linux', 'macos', 'macos-headless'] as const;
export type SimulatedMachine = (typeof simulatedMachines)[number];

/** The shells that have a completion script. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The argument of a command. */
export interface Argument {
	readonly placeholder: string;
	readonly isOptional?: true;
	readonly choices: readonly string[];
}

interface DeclaredCommand {
	/** One sentence. */
	readonly does: string;
	readonly argument?: Argument;
	/** Whether it takes settings: their options, their variables and `--config`. */
	readonly settings?: true;
}

const declaredCommands = {
	install: {does: 'Set up Vira, or change its settings (default command).', settings: true},
	status: {does: 'Show whether Vira is installed, running and healthy, and what has changed.'},
	start: {does: 'Start the service and check that it is healthy.'},
	stop: {does: 'Stop the service and show when it will start again.'},
	restart: {does: 'Restart the service and check that it is healthy.'},
	logs: {does: "Show the service's log, from the journal or, on a Mac, from its log file."},
	doctor: {does: 'Run all checks and suggest fixes.'},
	uninstall: {does: "Remove only what vira-setup installed. Vira's state is kept."},
	rollback: {does: 'Restore the previous settings. The replaced ones are kept as a backup.'},
	export: {does: 'Print the settings, for Home Manager or for another machine.', settings: true},
	completion: {
		does: 'Print a shell completion script.',
		argument: {placeholder: 'SHELL', choices: shells},
	},
} as const satisfies Readonly<Record<string, DeclaredCommand>>;

export type CliCommand = keyof typeof declaredCommands;
export const cliCommands: Readonly<Record<CliCommand, DeclaredCommand>> = declaredCommands;
export const commandNames = Object.keys(cliCommands) as readonly CliCommand[];

/** Commands that print a text and never examine the machine. */
const answeringCommands = {
	help: {
		does: 'Show help, for a command if one is given.',
		argument: {placeholder: 'COMMAND', isOptional: true, choices: commandNames},
	},
	version: {does: 'Print the version.'},
} as const satisfies Readonly<Record<string, DeclaredCommand>>;

/** Every command, in the order of --help. */
export const allCommands: Readonly<Record<string, DeclaredCommand>> = {...cliCommands, ...answeringCommands};
export const allCommandNames = Object.keys(allCommands);

/** An option that changes this run, not a setting. */
export interface RunFlag {
	/** One line, for --help, the manual page and completions. */
	readonly help: string;
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

/** Commands that show a preview and ask. */
export const askingCommands: readonly CliCommand[] = ['install', 'rollback', 'uninstall'];
const examining: readonly string[] = commandNames.filter((name) => name !== 'completion');
const configuring: readonly CliCommand[] = ['install', 'rollback'];
const starting: readonly CliCommand[] = [...configuring, 'start', 'restart', 'doctor'];

/** In the order of --help. */
export const runFlags = {
	'non-interactive': {
		help: 'Never ask. Use saved settings and defaults for everything that is not given.',
		commands: examining,
	},
	plain: {
		help: 'Ask one question at a time, line by line: for screen readers and simple terminals.',
		commands: askingCommands,
	},
	config: {
		help: 'Read settings from a JSON file; - is standard input.',
		commands: ['install', 'export'],
		placeholder: 'FILE',
	},
	'dry-run': {help: 'Show what would be done, without changing anything.', commands: askingCommands},
	check: {
		help: 'Like --dry-run, with exit status 10 if something would change.',
		commands: askingCommands,
	},
	'print-command': {
		help: 'Print the equivalent non-interactive command and exit.',
		commands: ['install'],
	},
	json: {
		help: 'Print one JSON document to standard output; never ask.',
		commands: allCommandNames.filter((name) => name !== 'export' && name !== 'completion'),
	},
	overwrite: {
		help: 'Replace a service file that was changed by hand; with uninstall, remove it.',
		commands: askingCommands,
	},
	'allow-state-reset': {
		help: 'Start with an empty state if the new Vira cannot read the old one, which is moved aside.',
		commands: configuring,
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
		help: 'Number of backups to go back, up to 3. 1 is the previous settings.',
		commands: ['rollback'],
		placeholder: 'NUMBER',
		default: '1',
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
