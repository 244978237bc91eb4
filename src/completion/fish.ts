import type {Offer, ToldFlag} from '../flags-of-verb.ts';
import type {Offered} from './offered.ts';

/** Within single quotes fish knows two escapes (fish-language(1), "Quotes"). */
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/gu, String.raw`\$&`)}'`;

/** -a divides its text at blanks, and reads it as the shell does. */
const listed = (words: readonly string[]): string => quoted(words.map(quoted).join(' '));

const offerFor = (offer: Offer): string => {
	switch (offer.offer) {
		case 'choices':
			return `-f -a ${listed(offer.choices)}`;
		case 'files':
			return '-F';
		case 'folders':
			return `-f -a '(__fish_complete_directories (commandline -ct))'`;
		case 'nothing':
			return '-f';
	}
};

interface Told extends ToldFlag {
	/** The verbs that it goes with; undefined: all of them. */
	readonly verbs: readonly string[] | undefined;
}

const toldOnce = ({verbs}: Offered): readonly Told[] => {
	const byName = new Map<string, Told>();
	for (const {flags} of verbs)
		for (const flag of flags) {
			const taking = verbs.filter((one) => one.flags.some(({name}) => name === flag.name));
			byName.set(flag.name, {
				...flag,
				verbs: taking.length === verbs.length ? undefined : taking.map(({name}) => name),
			});
		}
	return [...byName.values()];
};

const line = (...words: readonly string[]): string =>
	['complete -c vira-setup', ...words.filter((word) => word !== '')].join(' ');

const conditionFor = ({verbs}: Told): string =>
	verbs === undefined ? '' : `-n ${quoted(`__vira_setup_verb ${verbs.join(' ')}`)}`;

const flagLines = (flag: Told): readonly string[] => {
	const {name, help, value, negation} = flag;
	const condition = conditionFor(flag);
	const takes = value && !value.isOptional ? '-r' : '';
	return [
		line(condition, `-l ${name}`, takes, value ? offerFor(value) : '', `-d ${quoted(help)}`),
		...(negation === undefined ? [] : [line(condition, `-l no-${name}`, `-d ${quoted(negation)}`)]),
		// To fish, a value that can be left out stands behind a = alone.
		...(value?.isOptional ? [line(`-n '__vira_setup_behind --${name}'`, offerFor(value))] : []),
	];
};

const patterns = (flags: Offered['withValue']): string => flags.map(({name}) => `--${name}`).join(' ');

/** Tells which verb is on the line. */
const verbFunction = ({withValue}: Offered): string => `function __vira_setup_verb
	set -l flag
	set -l verb none
	for word in (commandline -opc)[2..]
		switch $flag
			case ''
			case ${patterns(withValue.filter(({value}) => value.isOptional))}
				if not string match -q -- '-*' $word
					set flag
					continue
				end
			case '*'
				set flag
				continue
		end
		set flag
		switch $word
			case ${patterns(withValue)}
				set flag $word
			case '-*'
			case '*'
				test $verb = none; and set verb $word
		end
	end
	if test $verb = none
		set verb install
		test -z "$flag"; and set -a verb none
	end
	for one in $verb
		contains -- $one $argv; and return
	end
	return 1
end`;

/** fish's complete(1). */
export const fishCompletion = (all: Offered): string =>
	`# fish completion of vira-setup: vira-setup completion fish > ~/.config/fish/completions/vira-setup.fish

# Whether the verb on the line is one of these. Without one it is install; "none": there is none, and one can be typed.
${verbFunction(all)}

function __vira_setup_behind
	test (commandline -opc)[-1] = $argv[1]
end

complete -c vira-setup -f
${all.verbs.map(({name, help}) => line("-n '__vira_setup_verb none'", `-a ${name}`, `-d ${quoted(help)}`)).join('\n')}
${all.verbs
	.filter(({words}) => words.length > 0)
	.map(({name, words}) => line(`-n '__vira_setup_verb ${name}'`, `-a ${listed(words)}`))
	.join('\n')}
${toldOnce(all).flatMap(flagLines).join('\n')}
`;
