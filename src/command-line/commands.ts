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
	/** Whether it can be given several times. */
	readonly isRepeated?: true;
	/** Empty: any word. */
	readonly choices: readonly string[];
}

interface DeclaredCommand {
	/** One short sentence. */
	readonly does: string;
	/** Further sentences, for its own page and the manual. */
	readonly more?: readonly string[];
	readonly argument?: Argument;
	/** Another name that is understood. */
	readonly alias?: string;
	/** Whether it takes settings: their options, their variables and `--config`. */
	readonly settings?: true;
}

const declaredCommands = {
	install: {does: 'Set up Vira, or change its settings (default command).', alias: 'setup', settings: true},
	status: {does: 'Show whether Vira is healthy, and what has changed.'},
	start: {does: 'Start the service and check that it is healthy.'},
	stop: {does: 'Stop the service and show when it will start again.'},
	restart: {does: 'Restart the service and check that it is healthy.'},
	logs: {
		does: "Show the service's log.",
		more: ['It comes from the journal or, on a Mac, from its log file.'],
	},
	doctor: {does: 'Run all checks and suggest fixes.'},
	'check-repository': {
		does: 'Check whether Vira can read a repository.',
		more: [
			'git asks as Vira does, in the environment of the service.',
			'The exit status is 0 if all of them can be read, and otherwise 1.',
		],
		argument: {placeholder: 'URL', isRepeated: true, choices: []},
	},
	update: {
		does: 'Update Vira, and the extra packages that Nix builds.',
		more: [
			'The newest state of the same Nix package is built while the current Vira runs. What changes is shown before it does.',
			'If the new Vira does not become healthy, the current one is running again, with its state.',
			'With --check, nothing is built: the exit status is 10 if there is a newer one.',
		],
	},
	rollback: {does: 'Restore the previous settings.', more: ['The replaced ones are kept as a backup.']},
	uninstall: {does: "Remove only what vira-setup installed. Vira's state is kept."},
	export: {does: 'Print the settings, for Home Manager or for another machine.', settings: true},
	completion: {
		does: 'Print a shell completion script.',
		argument: {placeholder: 'SHELL', choices: shells},
	},
} as const satisfies Readonly<Record<string, DeclaredCommand>>;

export type CliCommand = keyof typeof declaredCommands;
export const cliCommands: Readonly<Record<CliCommand, DeclaredCommand>> = declaredCommands;
export const commandNames = Object.keys(cliCommands) as readonly CliCommand[];

/** The command of a name or an alias. */
export const commandNamed = (word: string): CliCommand | undefined =>
	commandNames.find((name) => name === word || cliCommands[name].alias === word);

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

/** A command and its alias. */
export const namesOf = (command: string): readonly string[] => {
	const alias = allCommands[command]?.alias;
	return alias === undefined ? [command] : [command, alias];
};

/** Commands that show a preview and ask. */
export const askingCommands: readonly CliCommand[] = ['install', 'update', 'rollback', 'uninstall'];

/** For --help and the manual. */
export const examples: readonly {readonly command: string; readonly does: string}[] = [
	{command: 'vira-setup --yes --port 8443', does: 'Set up Vira without questions.'},
	{command: 'vira-setup --check --config vira.json', does: 'Show what a settings file would change.'},
];
