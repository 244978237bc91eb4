import {helpFix} from '../ui/validation-error.ts';
import {Command, CommanderError, Option as CommanderOption} from 'commander';
import {
	commandNames,
	formerNames,
	runFlagName,
	runFlags,
	shells,
	type AnsweringCommand,
	type RunFlag,
} from './commands.ts';
import {exitCode, SetupError} from '../errors.ts';
import {flags} from '../settings/flags.ts';
import {nearestName} from '../platform/nearest-name.ts';

/** An error in the command line itself. */
export const usage = (message: string): SetupError =>
	new SetupError({message: message, fixes: [helpFix], exit: exitCode.usage});

/** A value after `=` may be a secret, and the name is enough to find the error. */
export const withoutValue = (word: string): string => word.split('=', 1)[0] ?? '';

/** `--no-X` sets false, which clears the list. */
const collect = (value: string, earlier: readonly string[] | boolean | undefined): readonly string[] => [
	...(typeof earlier === 'object' ? earlier : []),
	value,
];

const runOption = (name: string, {short, placeholder, valueIsOptional}: RunFlag): CommanderOption => {
	const words = `${short === undefined ? '' : `-${short}, `}--${runFlagName(name)}`;
	if (placeholder === undefined) return new CommanderOption(words);
	return new CommanderOption(`${words} ${valueIsOptional ? `[${placeholder}]` : `<${placeholder}>`}`);
};

/** A former name of an option: accepted, and shown nowhere. */
const formerOption = (former: string, name: keyof typeof runFlags): CommanderOption => {
	const option = runOption(former, runFlags[name]);
	option.attributeName = () => name;
	return option.hideHelp();
};

/** The command line for commander, made from the lists of options. */
const commandLine = (): Command => {
	const command = new Command('vira-setup')
		.argument('[COMMAND]')
		.argument('[ARGUMENT]')
		.allowExcessArguments(false)
		// `--help` has been answered before anything is parsed.
		.helpOption(false)
		.exitOverride()
		.configureOutput({writeErr: () => undefined});
	for (const [name, flag] of Object.entries<RunFlag>(runFlags)) command.addOption(runOption(name, flag));
	for (const [former, name] of Object.entries(formerNames)) command.addOption(formerOption(former, name));
	for (const {name, placeholder, negatable} of flags) {
		const words = placeholder === undefined ? `--${name}` : `--${name} <${placeholder}>`;
		const option = new CommanderOption(words);
		command.addOption(placeholder === undefined ? option : option.argParser(collect));
		if (negatable) command.addOption(new CommanderOption(`--no-${name}`));
	}
	return command;
};

/** Never suggested: they delete what cannot be restored. */
const destructive: readonly string[] = ['uninstall', '--purge'];

export const didYouMean = (name: string, known: readonly string[]): string => {
	const nearest = nearestName(name, known);
	return nearest === undefined || destructive.includes(nearest) ? '' : ` Did you mean ${nearest}?`;
};

/** commander quotes the whole word of an unknown option. */
const unknownFlag = (message: string, command: Command): string => {
	const flag = withoutValue(/'([^]*)'/u.exec(message)?.[1] ?? '');
	if (!/^--?[a-z][a-z-]*$/iu.test(flag)) return 'Unknown option.';
	const known = [
		'--help',
		'--version',
		...command.options.filter(({hidden}) => !hidden).map(({long}) => long ?? ''),
	];
	// commander does not know `--json=true` either.
	return known.includes(flag)
		? `${flag} does not take a value.`
		: `Unknown option ${flag}.${didYouMean(flag, known)}`;
};

/** An argument that no command takes. It is quoted only if it resembles a command: otherwise it may be part of a secret. */
export const unexpectedArgument = (word: string): SetupError =>
	usage(
		nearestName(word, [...commandNames, ...shells]) === undefined
			? 'Unexpected argument. If a value contains spaces, quote it.'
			: `Unexpected argument "${word}". Only one command can be given.`,
	);

const missingValue = (message: string): string => {
	const [, flag = '', placeholder = ''] = /'(?:-\w, )?(\S+) <([^>]*)>'/u.exec(message) ?? [];
	return `${flag} needs a value: ${flag} ${placeholder}.`;
};

const usageError = ({code, message}: CommanderError, command: Command): SetupError => {
	switch (code) {
		case 'commander.unknownOption':
			return usage(unknownFlag(message, command));
		case 'commander.optionMissingArgument':
			return usage(missingValue(message));
		case 'commander.excessArguments':
			return unexpectedArgument(command.args[2] ?? '');
		default:
			return usage(message.replace(/^error: /u, ''));
	}
};

/** Parses the words; request.ts interprets them. */
export const parseWords = (words: readonly string[]): Command => {
	const command = commandLine();
	try {
		return command.parse(words, {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		throw usageError(error, command);
	}
};

/** An unknown command. It is quoted only if it resembles a command: otherwise it may be a misplaced secret. */
export const unknownVerb = (word: string): SetupError =>
	usage(
		nearestName(word, commandNames) === undefined
			? `Unknown command. Use one of: ${commandNames.join(', ')}.`
			: `Unknown command "${word}".${didYouMean(word, commandNames)}`,
	);

/** A command that prints a text, with an argument that it does not take: all others were answered before. */
export const unanswered = (command: AnsweringCommand, word: string | undefined): SetupError =>
	command === 'help' && word !== undefined ? unknownVerb(word) : unexpectedArgument(word ?? command);
