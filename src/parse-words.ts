import {Command, CommanderError, Option as CommanderOption} from 'commander';
import {formerNames, runFlagName, runFlags, verbNames, type RunFlag} from './command-line.ts';
import {exitCode, SetupError} from './errors.ts';
import {flags} from './settings/flags.ts';
import {nearestName} from './settings/nearest.ts';

/** A mistake in the words themselves. */
export const usage = (message: string): SetupError =>
	new SetupError({what: message, next: ['vira-setup --help   lists everything.'], code: exitCode.usage});

/** What stands behind a `=` may be a secret: a name is enough to see what is wrong. */
export const withoutValue = (word: string): string => word.split('=', 1)[0] ?? '';

/** After `--no-X`, which leaves false behind, the list begins anew. */
const collect = (value: string, earlier: readonly string[] | boolean | undefined): readonly string[] => [
	...(typeof earlier === 'object' ? earlier : []),
	value,
];

const runOption = (name: string, {short, placeholder, valueIsOptional}: RunFlag): CommanderOption => {
	const words = `${short === undefined ? '' : `-${short}, `}--${runFlagName(name)}`;
	if (placeholder === undefined) return new CommanderOption(words);
	return new CommanderOption(`${words} ${valueIsOptional ? `[${placeholder}]` : `<${placeholder}>`}`);
};

/** An earlier name of a flag: understood, and shown nowhere. */
const formerOption = (former: string, name: keyof typeof runFlags): CommanderOption => {
	const option = runOption(former, runFlags[name]);
	option.attributeName = () => name;
	return option.hideHelp();
};

/** The command line as commander knows it, made from the lists of flags. */
const commandLine = (): Command => {
	const command = new Command('vira-setup')
		.argument('[VERB]')
		.argument('[WORD]')
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

export const didYouMean = (name: string, known: readonly string[]): string => {
	const nearest = nearestName(name, known);
	return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
};

/** commander quotes the whole word of an option that it does not know. */
const unknownFlag = (message: string, command: Command): string => {
	const flag = withoutValue(/'([^]*)'/u.exec(message)?.[1] ?? '');
	if (!/^--?[a-z][a-z-]*$/iu.test(flag)) return 'There is no such flag.';
	const known = [
		'--help',
		'--version',
		...command.options.filter(({hidden}) => !hidden).map(({long}) => long ?? ''),
	];
	return `There is no flag ${flag}.${didYouMean(flag, known)}`;
};

export const wordTooMany =
	'There is a word too many: quote a value that has spaces in it, and give one verb.';

const missingValue = (message: string): string => {
	const [, flag = '', placeholder = ''] = /'(?:-\w, )?(\S+) <([^>]*)>'/u.exec(message) ?? [];
	return `${flag}: Give a value: ${flag} ${placeholder}.`;
};

const sayingOf = ({code, message}: CommanderError, command: Command): string => {
	switch (code) {
		case 'commander.unknownOption':
			return unknownFlag(message, command);
		case 'commander.optionMissingArgument':
			return missingValue(message);
		case 'commander.excessArguments':
			return wordTooMany;
		default:
			return message.replace(/^error: /u, '');
	}
};

/** The words, told apart; what they mean is for request.ts. */
export const parseWords = (words: readonly string[]): Command => {
	const command = commandLine();
	try {
		return command.parse(words, {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		throw usage(sayingOf(error, command));
	}
};

/** What is said of a word that is no verb. What nobody can have meant as one may be a secret that went astray. */
export const unknownVerb = (word: string): SetupError => {
	const known = `${verbNames.slice(0, -1).join(', ')} or ${verbNames.at(-1) ?? ''}`;
	const nearest = nearestName(word, verbNames);
	return usage(
		nearest === undefined
			? `There is no such verb: use ${known}.`
			: `There is no verb '${word}': use ${known}. Did you mean ${nearest}?`,
	);
};
