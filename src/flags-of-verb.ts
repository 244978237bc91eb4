import {runFlagName, runFlags, verbs, type RunFlag, type Verb} from './command-line.ts';
import {flags, type Flag} from './settings/flags.ts';
import {groups, type Option} from './settings/option.ts';
import {optionOf} from './settings/options.ts';

/** What a shell can offer where the value of a flag is typed. */
export type Offer =
	| {readonly offer: 'files' | 'folders' | 'nothing'}
	| {readonly offer: 'choices'; readonly choices: readonly string[]};

/** A flag as a person is told of it. */
export interface ToldFlag {
	/** Without dashes. */
	readonly name: string;
	/** What it does, in a sentence. */
	readonly help: string;
	/** What else is to be known of it: its choices, its default. */
	readonly notes: readonly string[];
	/** undefined: it takes none. */
	readonly value: ({readonly placeholder: string; readonly isOptional: boolean} & Offer) | undefined;
	readonly isRepeated: boolean;
	/** What it is listed under. */
	readonly heading: string;
	/** What `--no-NAME` does, where there is one. */
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

const ofRun = (name: string, {help, placeholder, choices, ...rest}: RunFlag): ToldFlag => ({
	name: runFlagName(name),
	help,
	notes: [...choiceNote(choices), ...defaultNote(rest.default)],
	value:
		placeholder === undefined
			? undefined
			: {placeholder, isOptional: rest.valueIsOptional ?? false, ...offerFor(placeholder, choices, false)},
	isRepeated: false,
	heading: 'This run',
	negation: undefined,
});

const negationOf = ({negatable, placeholder, repeated}: Flag): string | undefined => {
	if (!negatable) return undefined;
	if (repeated) return 'None.';
	return placeholder === undefined ? 'Off.' : 'Not set.';
};

const ofSetting = (flag: Flag): ToldFlag => {
	const {name, placeholder, repeated: isRepeated} = flag;
	const option = optionOf(flag.option);
	const choices = choicesOf(option);
	const isPath = option.kind === 'path' || option.kind === 'list';
	return {
		name,
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

/** Flags that answer a question and do nothing else. */
const answers: readonly ToldFlag[] = (
	[
		['help', 'Print this page; after a verb, that of the verb.'],
		['version', 'Print the version.'],
	] as const
).map(([name, help]) => ({
	name,
	help,
	notes: [],
	value: undefined,
	isRepeated: false,
	heading: 'Help',
	negation: undefined,
}));

/** Every flag that goes with a verb, in the order in which they are listed. */
export const flagsOfVerb = (verb: Verb): readonly ToldFlag[] => {
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
