import {kebab} from '../settings/flags.ts';

/** What export prints: Nix code, or the settings file. */
export const formats = ['home-manager', 'json'] as const;
export type Format = (typeof formats)[number];

/** A Debian, a Mac with a desktop session, and a Mac that is reached by SSH only. */
export const simulatedMachines = ['linux', 'macos', 'macos-headless'] as const;
export type SimulatedMachine = (typeof simulatedMachines)[number];

/** The shells that have a completion script. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** An option that changes this run, not a setting. */
export interface RunFlag {
	/** One line, for --help, the manual page and completions. */
	readonly help: string;
	/** Its short form. */
	readonly short?: string;
	/** Name of the value in --help; FILE and FOLDER decide what is completed. Absent: it takes no value. */
	readonly placeholder?: string;
	/** Whether the value can be left out. */
	readonly valueIsOptional?: true;
	readonly choices?: readonly string[];
	readonly default?: string;
}

/** By the names that commander gives them, in the order of --help. */
export const runFlags = {
	nonInteractive: {
		help: 'Never ask. Use saved settings and defaults for everything that is not given.',
	},
	plain: {
		help: 'Ask one question at a time, without redrawing: for screen readers and simple terminals.',
	},
	config: {help: 'Read settings from a JSON file; - is standard input.', placeholder: 'FILE'},
	dryRun: {help: 'Show what would be done, without changing anything.'},
	check: {help: 'Like --dry-run, with exit status 10 if something would change.'},
	printCommand: {help: 'Print the equivalent non-interactive command and exit.'},
	json: {help: 'Print one JSON document to standard output; never ask.'},
	overwrite: {help: 'Replace a service file that was changed by hand; with uninstall, remove it.'},
	allowStateReset: {
		help: 'Start with an empty state if the new Vira cannot read the old one, which is moved aside.',
	},
	keepOnFailure: {help: 'Keep the new service even if it does not become healthy.'},
	purge: {help: "Also delete Vira's state and its log. This cannot be undone."},
	disableLinger: {
		help: 'Turn lingering off if vira-setup turned it on and nothing else of yours needs it.',
	},
	to: {
		help: 'Number of backups to go back, up to 3. 1 is the previous settings.',
		placeholder: 'NUMBER',
		default: '1',
	},
	fix: {help: 'Apply the safe fixes.'},
	wait: {help: 'Maximum time to wait for Vira to respond.', placeholder: 'SECONDS', default: '60'},
	follow: {help: 'Follow new log lines until you press Ctrl-C.', short: 'f'},
	lines: {
		help: 'Number of recent lines to show. With --since, the default is all.',
		short: 'n',
		placeholder: 'NUMBER',
		default: '50',
	},
	since: {
		help: "Show only lines since this time, such as 'yesterday', '-2h' or '2026-03-02 09:00'. Not on a Mac.",
		placeholder: 'TIME',
	},
	format: {help: 'Output format.', placeholder: 'FORMAT', choices: formats, default: formats[0]},
	simulate: {
		help: 'Try everything on a simulated machine. Nothing on this machine changes.',
		placeholder: 'MACHINE',
		valueIsOptional: true,
		choices: simulatedMachines,
		default: simulatedMachines[0],
	},
	simulationFolder: {
		help: 'Keep the simulated machine in this folder for the next run.',
		placeholder: 'FOLDER',
	},
} as const satisfies Readonly<Record<string, RunFlag>>;

export type RunFlagName = keyof typeof runFlags;

/** Earlier names of flags, by the names that commander gives them. */
export const formerNames = {
	rehearse: 'simulate',
	rehearsalFolder: 'simulationFolder',
} as const satisfies Readonly<Record<string, RunFlagName>>;

/** Options of every command that examines a machine. */
const everywhere = ['nonInteractive', 'simulate', 'simulationFolder'] as const;

/** The argument of a command. */
export interface Argument {
	readonly placeholder: string;
	readonly isOptional?: true;
	readonly choices: readonly string[];
}

interface DeclaredVerb {
	/** One sentence. */
	readonly does: string;
	readonly argument?: Argument;
	/** Whether it takes settings: their options, their variables and `--config`. */
	readonly settings: boolean;
	/** Its other options. */
	readonly takes: readonly RunFlagName[];
}

/** The commands, each with its options. */
const declaredVerbs = {
	install: {
		does: 'Set up Vira, or change its settings (default command).',
		settings: true,
		takes: [
			'config',
			...everywhere,
			...([
				'plain',
				'dryRun',
				'check',
				'printCommand',
				'json',
				'overwrite',
				'allowStateReset',
				'keepOnFailure',
				'wait',
			] as const),
		],
	},
	status: {
		does: 'Show whether Vira is installed, running and healthy, and what has changed.',
		settings: false,
		takes: [...everywhere, 'json'],
	},
	start: {
		does: 'Start the service and check that it is healthy.',
		settings: false,
		takes: [...everywhere, 'json', 'wait'],
	},
	stop: {
		does: 'Stop the service and show when it will start again.',
		settings: false,
		takes: [...everywhere, 'json'],
	},
	restart: {
		does: 'Restart the service and check that it is healthy.',
		settings: false,
		takes: [...everywhere, 'json', 'wait'],
	},
	logs: {
		does: "Show the service's log, from the journal or, on a Mac, from its log file.",
		settings: false,
		takes: [...everywhere, 'json', 'follow', 'lines', 'since'],
	},
	doctor: {
		does: 'Run all checks and suggest fixes.',
		settings: false,
		takes: [...everywhere, 'json', 'fix', 'wait'],
	},
	uninstall: {
		does: "Remove only what vira-setup installed. Vira's state is kept.",
		settings: false,
		takes: [
			...everywhere,
			...(['plain', 'dryRun', 'check', 'json', 'overwrite', 'purge', 'disableLinger'] as const),
		],
	},
	rollback: {
		does: 'Restore the previous settings. The replaced ones are kept as a backup.',
		settings: false,
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
				'to',
				'wait',
			] as const),
		],
	},
	export: {
		does: 'Print the settings, for Home Manager or for another machine.',
		settings: true,
		takes: ['config', ...everywhere, 'format'],
	},
	completion: {
		does: 'Print a shell completion script.',
		argument: {placeholder: 'SHELL', choices: shells},
		settings: false,
		takes: [],
	},
} as const satisfies Readonly<Record<string, DeclaredVerb>>;

export type Verb = keyof typeof declaredVerbs;
export const verbs: Readonly<Record<Verb, DeclaredVerb>> = declaredVerbs;
export const verbNames = Object.keys(verbs) as readonly Verb[];

/** Commands that print a text and never examine the machine. */
export const answeringCommands: Readonly<
	Record<'help' | 'version', Pick<DeclaredVerb, 'does' | 'argument'>>
> = {
	help: {
		does: 'Show help, for a command if one is given.',
		argument: {placeholder: 'COMMAND', isOptional: true, choices: verbNames},
	},
	version: {does: 'Print the version.'},
};
export type AnsweringCommand = keyof typeof answeringCommands;

export const isAnswering = (word: string | undefined): word is AnsweringCommand =>
	word !== undefined && Object.hasOwn(answeringCommands, word);

/** Every command, with what it does, in the order of --help. */
export const allCommands: Readonly<Record<string, Pick<DeclaredVerb, 'does' | 'argument'>>> = {
	...verbs,
	...answeringCommands,
};
export const commandNames = Object.keys(allCommands);

/** How an option of a run is written, without dashes, such as `dry-run`. */
export const runFlagName = (name: string): string => kebab(name);
