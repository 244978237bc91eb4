import {
	answeringCommands,
	isAnswering,
	runFlagName,
	runFlags,
	verbs,
	type AnsweringCommand,
	type RunFlag,
	type Verb,
} from './commands.ts';
import {flags, type Flag} from '../settings/flags.ts';
import {groups, type Option} from '../settings/option.ts';
import {optionOf} from '../settings/options.ts';

/** What a shell can complete as the value of an option. */
export type Offer =
	| {readonly offer: 'files' | 'folders' | 'nothing'}
	| {readonly offer: 'choices'; readonly choices: readonly string[]};

/** An option as help, manual and completions describe it. */
export interface ToldFlag {
	/** Without dashes. */
	readonly name: string;
	/** Its short form, without a dash. */
	readonly short: string | undefined;
	/** What it does, in a sentence. */
	readonly help: string;
	/** Further facts: its choices, its default. */
	readonly notes: readonly string[];
	/** undefined: it takes no value. */
	readonly value: ({readonly placeholder: string; readonly isOptional: boolean} & Offer) | undefined;
	readonly isRepeated: boolean;
	/** The heading that it is listed under. */
	readonly heading: string;
	/** What `--no-NAME` does, if it exists. */
	readonly negation: string | undefined;
}

const choiceNote = (choices: readonly string[] | undefined): readonly string[] =>
	choices ? [`One of ${choices.join(', ')}.`] : [];

const defaultNote = (text: string | undefined): readonly string[] =>
	text === undefined ? [] : [`(default: ${text})`];

const defaultOf = (option: Option): string | undefined => {
	if (!('default' in option) || option.default === undefined) return undefined;
	if (option.kind === 'toggle') return option.default ? 'on' : 'off';
	return String(option.default);
};

const choicesOf = (option: Option): readonly string[] | undefined =>
	option.kind === 'choice' ? option.choices : undefined;

const offerFor = (placeholder: string, choices: readonly string[] | undefined, isPath: boolean): Offer => {
	if (choices) return {offer: 'choices', choices};
	if (placeholder === 'FOLDER') return {offer: 'folders'};
	return {offer: isPath || placeholder === 'FILE' ? 'files' : 'nothing'};
};

/** For options that change this run, not a setting. */
export const runHeading = 'General options';
export const helpHeading = 'Help';

const ofRun = (name: string, {help, placeholder, choices, ...rest}: RunFlag): ToldFlag => ({
	name: runFlagName(name),
	short: rest.short,
	help,
	notes: [...choiceNote(choices), ...defaultNote(rest.default)],
	value:
		placeholder === undefined
			? undefined
			: {placeholder, isOptional: rest.valueIsOptional ?? false, ...offerFor(placeholder, choices, false)},
	isRepeated: false,
	heading: runHeading,
	negation: undefined,
});

const negationOf = ({negatable, placeholder, repeated}: Flag): string | undefined => {
	if (!negatable) return undefined;
	if (repeated) return 'Clear this list.';
	return placeholder === undefined ? 'Turn this off.' : 'Clear this setting.';
};

const ofSetting = (flag: Flag): ToldFlag => {
	const {name, placeholder, repeated: isRepeated} = flag;
	const option = optionOf(flag.option);
	const choices = choicesOf(option);
	const isPath = option.kind === 'path' || option.kind === 'list';
	return {
		name,
		short: undefined,
		help: option.help,
		notes: [
			...choiceNote(choices),
			...(isRepeated ? ['Can be repeated.'] : []),
			...defaultNote(defaultOf(option)),
		],
		value:
			placeholder === undefined
				? undefined
				: {placeholder, isOptional: false, ...offerFor(placeholder, choices, isPath)},
		isRepeated,
		heading: groups[option.group],
		negation: negationOf(flag),
	};
};

/** Options that only print a text. */
const answers: readonly ToldFlag[] = (
	[
		['help', 'Show this help.'],
		['version', answeringCommands.version.does],
	] as const
).map(([name, help]) => ({
	name,
	short: undefined,
	help,
	notes: [],
	value: undefined,
	isRepeated: false,
	heading: helpHeading,
	negation: undefined,
}));

/** Every option of a command, in the order in which they are listed. */
export const flagsOfVerb = (verb: Verb | AnsweringCommand): readonly ToldFlag[] => {
	if (isAnswering(verb)) return [ofRun('json', runFlags.json), ...answers];
	const {takes, settings} = verbs[verb];
	const taken: readonly string[] = takes;
	return [
		...Object.entries<RunFlag>(runFlags).flatMap(([name, flag]) =>
			taken.includes(name) ? [ofRun(name, flag)] : [],
		),
		...(settings ? flags.map(ofSetting) : []),
		...answers,
	];
};
