import {flags, type Flag} from '../settings/flags.ts';
import {groups, type Option} from '../settings/option.ts';
import {optionOf} from '../settings/options.ts';
import {allCommandNames, allCommands} from './commands.ts';
import {runFlags, type RunFlag} from './run-flags.ts';

/** What a shell can complete as the value of an option. */
export type Offer =
	| {readonly offer: 'files' | 'folders' | 'nothing'}
	| {readonly offer: 'choices'; readonly choices: readonly string[]};

/** An option, as it is parsed, and as help, manual and completions describe it. */
export interface DescribedFlag {
	/** Without dashes. */
	readonly name: string;
	/** Its short form, without a dash. */
	readonly short?: string | undefined;
	/** What it does, in a sentence. */
	readonly help: string;
	/** Whether the page of the program shows it. */
	readonly isCommon: boolean;
	/** Further facts: its choices, its default. */
	readonly notes: readonly string[];
	/** undefined: it takes no value. */
	readonly value: ({readonly placeholder: string; readonly isOptional: boolean} & Offer) | undefined;
	readonly isRepeated: boolean;
	/** What `--no-NAME` does, if it exists. */
	readonly negation?: string | undefined;
	/** The heading that it is listed under. */
	readonly heading: string;
	/** The commands that take it. */
	readonly commands: readonly string[];
}

const notesOf = (
	choices: readonly string[] | undefined,
	isRepeated: boolean,
	byDefault: string | undefined,
): readonly string[] => [
	...(choices ? [`One of ${choices.join(', ')}.`] : []),
	...(isRepeated ? ['Can be repeated.'] : []),
	...(byDefault === undefined ? [] : [`(default: ${byDefault})`]),
];

const valueOffer = (placeholder: string, choices: readonly string[] | undefined, isPath: boolean): Offer => {
	if (choices) return {offer: 'choices', choices};
	if (placeholder === 'FOLDER') return {offer: 'folders'};
	return {offer: isPath || placeholder === 'FILE' ? 'files' : 'nothing'};
};

/** For options that change this run, not a setting. */
export const runHeading = 'General options';

const ofRun = (name: string, flag: RunFlag, heading = runHeading): DescribedFlag => {
	const {help, short, placeholder, choices, valueIsOptional: isOptional = false, commands} = flag;
	return {
		name,
		short,
		help,
		isCommon: flag.isCommon ?? false,
		notes: notesOf(choices, false, flag.default),
		value:
			placeholder === undefined
				? undefined
				: {placeholder, isOptional, ...valueOffer(placeholder, choices, false)},
		isRepeated: false,
		heading,
		commands,
	};
};

const defaultOf = (option: Option): string | undefined => {
	if (!('default' in option)) return undefined;
	if (option.kind === 'toggle') return option.default ? 'on' : 'off';
	return String(option.default);
};

const negationOf = ({negatable, placeholder, repeated}: Flag): string | undefined => {
	if (!negatable) return undefined;
	if (repeated) return 'Clear this list.';
	return placeholder === undefined ? 'Turn this off.' : 'Clear this setting.';
};

const configurable = allCommandNames.filter((name) => allCommands[name]?.settings);

const ofSetting = (flag: Flag): DescribedFlag => {
	const {name, placeholder, repeated} = flag;
	const option = optionOf(flag.option);
	const choices = option.kind === 'choice' ? option.choices : undefined;
	const usual = option.kind === 'text' ? option.usual?.map(({value}) => value) : undefined;
	const isPath = option.kind === 'path' || option.kind === 'list';
	return {
		name,
		help: option.help,
		isCommon: false,
		notes: notesOf(choices, repeated, defaultOf(option)),
		value:
			placeholder === undefined
				? undefined
				: {placeholder, isOptional: false, ...valueOffer(placeholder, choices ?? usual, isPath)},
		isRepeated: repeated,
		negation: negationOf(flag),
		heading: groups[option.group],
		commands: configurable,
	};
};

/** Every option of a run, and of a setting. */
export const allFlags: readonly DescribedFlag[] = [
	...Object.entries<RunFlag>(runFlags).map(([name, flag]) => ofRun(name, flag)),
	...flags.map(ofSetting),
];

export const helpHeading = 'Help';

/** Options that are answered with a text, whatever else is given. */
export const answeringFlags: readonly DescribedFlag[] = [
	ofRun(
		'help',
		{help: 'Show this help.', short: 'h', isCommon: true, commands: allCommandNames},
		helpHeading,
	),
	ofRun(
		'version',
		{help: 'Print the version.', short: 'V', isCommon: true, commands: allCommandNames},
		helpHeading,
	),
];

/** Every option of a command, in the order in which they are listed. */
export const flagsOfCommand = (command: string): readonly DescribedFlag[] =>
	[...allFlags, ...answeringFlags].filter(({commands}) => commands.includes(command));

/** Every option, once. */
export const everyFlag: readonly DescribedFlag[] = [...new Set(allCommandNames.flatMap(flagsOfCommand))];

/** Whether it turns a setting on or off: it needs no value, and has a `--no-NAME`. */
export const isToggle = ({value, negation}: DescribedFlag): boolean =>
	value === undefined && negation !== undefined;

/** Whether it is only given or not: it has no value and no `--no-NAME`. */
export const isSwitch = ({value, negation}: DescribedFlag): boolean =>
	value === undefined && negation === undefined;

type FlagWithValue = DescribedFlag & {readonly value: NonNullable<DescribedFlag['value']>};
export const flagsWithValue = everyFlag.filter((flag): flag is FlagWithValue => flag.value !== undefined);

/** Both spellings of an option: its name, and its short form. */
export const spellings = ({name, short}: DescribedFlag): readonly string[] =>
	short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`];
