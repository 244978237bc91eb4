import {allCommands, answeringCommands, verbNames, type AnsweringCommand, type Verb} from '../commands.ts';
import {flagsOfVerb, type Offer, type ToldFlag} from '../flags-of-command.ts';

export interface OfferedVerb {
	readonly name: Verb | AnsweringCommand;
	readonly help: string;
	readonly flags: readonly ToldFlag[];
	/** Its possible arguments. */
	readonly words: readonly string[];
}

/** What can be typed after `vira-setup`, for every shell. */
export interface Offered {
	readonly verbs: readonly OfferedVerb[];
	/** Every option that takes a value, once. */
	readonly withValue: readonly (ToldFlag & {readonly value: NonNullable<ToldFlag['value']>})[];
}

/** The whole command line, from the lists of commands and options. */
export const offered = (): Offered => {
	const names = [...verbNames, ...(Object.keys(answeringCommands) as AnsweringCommand[])];
	const all = names.map((name) => ({
		name,
		help: allCommands[name]?.does ?? '',
		flags: flagsOfVerb(name),
		words: allCommands[name]?.argument?.choices ?? [],
	}));
	const byName = new Map(all.flatMap(({flags}) => flags.map((flag) => [flag.name, flag] as const)));
	return {
		verbs: all,
		withValue: [...byName.values()].flatMap(({value, ...rest}) => (value ? [{...rest, value}] : [])),
	};
};

/** Both spellings of an option: its name, and its short form. */
export const given = ({name, short}: ToldFlag): readonly string[] => [
	`--${name}`,
	...(short === undefined ? [] : [`-${short}`]),
];

/** Every spelling of an option. */
export const written = (flag: ToldFlag): readonly string[] => [
	...given(flag),
	...(flag.negation === undefined ? [] : [`--no-${flag.name}`]),
];

/** Options whose values a shell can complete, grouped by value. */
export const byOffer = ({
	withValue,
}: Offered): readonly {readonly offer: Offer; readonly names: readonly string[]}[] => {
	const groups = new Map<string, {readonly offer: Offer; readonly names: string[]}>();
	for (const {name, value} of withValue) {
		const key = value.offer === 'choices' ? value.choices.join() : value.offer;
		const group = groups.get(key) ?? {offer: value, names: []};
		group.names.push(`--${name}`);
		groups.set(key, group);
	}
	return [...groups.values()].filter(({offer}) => offer.offer !== 'nothing');
};
