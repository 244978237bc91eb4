import {verbNames, verbs, type Verb} from '../command-line.ts';
import {flagsOfVerb, type Offer, type ToldFlag} from '../flags-of-verb.ts';

export interface OfferedVerb {
	readonly name: Verb;
	readonly help: string;
	readonly flags: readonly ToldFlag[];
	/** What can stand behind it. */
	readonly words: readonly string[];
}

/** What can be typed behind `vira-setup`, as every shell is told of it. */
export interface Offered {
	readonly verbs: readonly OfferedVerb[];
	/** Every flag that takes a value, once. */
	readonly withValue: readonly (ToldFlag & {readonly value: NonNullable<ToldFlag['value']>})[];
}

/** The whole command line, from the lists of verbs and flags. */
export const offered = (): Offered => {
	const all = verbNames.map((name) => ({
		name,
		help: verbs[name].does,
		flags: flagsOfVerb(name),
		words: verbs[name].argument?.choices ?? [],
	}));
	const byName = new Map(all.flatMap(({flags}) => flags.map((flag) => [flag.name, flag] as const)));
	return {
		verbs: all,
		withValue: [...byName.values()].flatMap(({value, ...rest}) => (value ? [{...rest, value}] : [])),
	};
};

/** Each way to write a flag. */
export const written = ({name, negation}: ToldFlag): readonly string[] => [
	`--${name}`,
	...(negation === undefined ? [] : [`--no-${name}`]),
];

/** Flags with the same value together, those first that a shell has something to offer for. */
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
