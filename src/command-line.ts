import {kebab} from './settings/flags.ts';

/** What export prints: text of the Nix language, or the settings file. */
export const formats = ['home-manager', 'json'] as const;
export type Format = (typeof formats)[number];

/** The machines that can be played: a Debian, a Mac with somebody at its screen, and one that is reached by SSH only. */
export const simulatedMachines = ['linux', 'macos', 'macos-headless'] as const;
export type SimulatedMachine = (typeof simulatedMachines)[number];

/** The shells that can be told what can be typed. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A flag that changes a run rather than a setting. */
export interface RunFlag {
	/** One line, for --help, the manual page and completions. */
	readonly help: string;
	/** The letter that stands for it as well. */
	readonly short?: string;
	/** What stands for the value, as in --help; a FILE and a FOLDER are completed as such. Absent: it takes none. */
	readonly placeholder?: string;
	/** Whether the value can be left out. */
	readonly valueIsOptional?: true;
	readonly choices?: readonly string[];
	readonly default?: string;
}

/** By the names that commander gives them; their order is that of --help. */
export const runFlags = {
	nonInteractive: {
		help: 'Never ask; take what is not given from the saved settings and the defaults.',
	},
	plain: {
		help: 'Ask one question at a time, in lines: for a screen reader, or a terminal that cannot redraw.',
	},
	config: {help: 'Read settings from a JSON file; - is standard input.', placeholder: 'FILE'},
	dryRun: {help: 'Show what would be done, and change nothing.'},
	check: {help: 'As --dry-run; exit status 10 if something would change.'},
	printCommand: {help: 'Print the command that does this without a question, and do nothing.'},
	json: {help: 'Print one JSON document on standard output; never ask.'},
	overwrite: {help: 'Replace a service file that was changed by hand; with uninstall, remove it.'},
	allowStateReset: {
		help: 'Let a new Vira begin anew beside a state that it cannot read, which is moved aside.',
	},
	keepOnFailure: {help: 'Leave the new service in place when it does not become healthy.'},
	purge: {help: "Delete Vira's state and its log as well, for good."},
	disableLinger: {
		help: 'Turn lingering off again, if vira-setup turned it on and nothing else of yours needs it.',
	},
	to: {
		help: 'How many versions to go back: 1 is the settings before these, at most 3.',
		placeholder: 'NUMBER',
		default: '1',
	},
	fix: {help: 'Do what puts things right and loses nothing.'},
	wait: {help: 'How long the page may take to answer.', placeholder: 'SECONDS', default: '60'},
	follow: {help: 'Go on with what is said from now on, until Ctrl-C.', short: 'f'},
	lines: {
		help: 'How many of the last lines; with --since, all of them unless it is given.',
		short: 'n',
		placeholder: 'NUMBER',
		default: '50',
	},
	since: {
		help: "Only what was said since then, such as 'yesterday', '-2h' or '2026-03-02 09:00'. Not on a Mac.",
		placeholder: 'TIME',
	},
	format: {help: 'What export prints.', placeholder: 'FORMAT', choices: formats, default: formats[0]},
	simulate: {
		help: 'Try everything on a simulated machine; nothing changes here.',
		placeholder: 'MACHINE',
		valueIsOptional: true,
		choices: simulatedMachines,
		default: simulatedMachines[0],
	},
	simulationFolder: {
		help: 'Keep the simulated machine in this folder, for the next run.',
		placeholder: 'FOLDER',
	},
} as const satisfies Readonly<Record<string, RunFlag>>;

export type RunFlagName = keyof typeof runFlags;

/** Earlier names of flags, by the names that commander gives them. */
export const formerNames = {
	rehearse: 'simulate',
	rehearsalFolder: 'simulationFolder',
} as const satisfies Readonly<Record<string, RunFlagName>>;

/** Flags that every verb takes which looks at a machine. */
const everywhere = ['nonInteractive', 'simulate', 'simulationFolder'] as const;

/** What stands behind a verb. */
export interface Argument {
	readonly placeholder: string;
	readonly choices: readonly string[];
}

interface DeclaredVerb {
	/** One sentence. */
	readonly does: string;
	readonly argument?: Argument;
	/** Whether the flags of the settings go with it, their variables and `--config`. */
	readonly settings: boolean;
	/** The other flags that go with it. */
	readonly takes: readonly RunFlagName[];
}

/** What can be asked of the program, and by which flags of its own each can be changed. */
const declaredVerbs = {
	install: {
		does: 'Set up Vira, or change how it is set up: what happens without a verb, too.',
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
		does: 'Tell whether Vira is set up, runs and answers, and what is not as it was set up.',
		settings: false,
		takes: [...everywhere, 'json'],
	},
	start: {
		does: 'Start the service that is set up, and look whether it is well.',
		settings: false,
		takes: [...everywhere, 'json', 'wait'],
	},
	stop: {
		does: 'Stop the service, and say when it starts by itself again.',
		settings: false,
		takes: [...everywhere, 'json'],
	},
	restart: {
		does: 'Have the service run in a new process, and look whether it is well.',
		settings: false,
		takes: [...everywhere, 'json', 'wait'],
	},
	logs: {
		does: 'Show what the service has said: from the journal, on a Mac from its log file.',
		settings: false,
		takes: [...everywhere, 'json', 'follow', 'lines', 'since'],
	},
	doctor: {
		does: 'Look at everything that can be wrong, and say what mends it.',
		settings: false,
		takes: [...everywhere, 'json', 'fix', 'wait'],
	},
	uninstall: {
		does: "Remove what was set up, and nothing else; Vira's state stays.",
		settings: false,
		takes: [
			...everywhere,
			...(['plain', 'dryRun', 'check', 'json', 'overwrite', 'purge', 'disableLinger'] as const),
		],
	},
	rollback: {
		does: 'Go back to the settings before these; what is replaced is kept in turn.',
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
		does: 'Print the settings, to go on with Home Manager or on another machine.',
		settings: true,
		takes: ['config', ...everywhere, 'format'],
	},
	completion: {
		does: 'Print what makes a shell complete the words of this program.',
		argument: {placeholder: 'SHELL', choices: shells},
		settings: false,
		takes: [],
	},
} as const satisfies Readonly<Record<string, DeclaredVerb>>;

export type Verb = keyof typeof declaredVerbs;
export const verbs: Readonly<Record<Verb, DeclaredVerb>> = declaredVerbs;
export const verbNames = Object.keys(verbs) as readonly Verb[];

/** A flag of a run as it is written, without dashes, such as `dry-run`. */
export const runFlagName = (name: string): string => kebab(name);
