import {allCommandNames, allCommands, namesOf} from '../commands.ts';
import {everyFlag, flagsWithValue, spellings, type DescribedFlag, type Offer} from '../flags-of-command.ts';

/** Within single quotes fish knows two escapes (fish-language(1), "Quotes"). */
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/gu, String.raw`\$&`)}'`;

/** -a splits its text at blanks, and parses it like the shell. */
const quotedWords = (words: readonly string[]): string => quoted(words.map(quoted).join(' '));

const fishOffer = (offer: Offer): string => {
	switch (offer.offer) {
		case 'choices':
			return `-f -a ${quotedWords(offer.choices)}`;
		case 'files':
			return '-F';
		case 'folders':
			return `-f -a '(__fish_complete_directories (commandline -ct))'`;
		case 'nothing':
			return '-f';
	}
};

const line = (...words: readonly string[]): string =>
	['complete -c vira-setup', ...words.filter((word) => word !== '')].join(' ');

const flagLines = (flag: DescribedFlag): readonly string[] => {
	const {name, short, help, value, negation} = flag;
	const takenBy = allCommandNames.filter((command) => flag.commands.includes(command));
	const isCommon = takenBy.length === allCommandNames.length;
	const condition = isCommon
		? ''
		: `-n ${quoted(`__vira_setup_command ${takenBy.flatMap(namesOf).join(' ')}`)}`;
	const words = short === undefined ? `-l ${name}` : `-s ${short} -l ${name}`;
	const takes = value && !value.isOptional ? '-r' : '';
	return [
		line(condition, words, takes, value ? fishOffer(value) : '', `-d ${quoted(help)}`),
		...(negation === undefined ? [] : [line(condition, `-l no-${name}`, `-d ${quoted(negation)}`)]),
		// fish accepts an optional value only after an =.
		...(value?.isOptional ? [line(`-n '__vira_setup_behind --${name}'`, fishOffer(value))] : []),
	];
};

const patterns = (flags: readonly DescribedFlag[]): string => flags.flatMap(spellings).join(' ');

/** Finds the command on the line. */
const commandFunction = (): string => `function __vira_setup_command
	set -l flag
	set -l command none
	for word in (commandline -opc)[2..]
		switch $flag
			case ''
			case ${patterns(flagsWithValue.filter(({value}) => value.isOptional))}
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
			case ${patterns(flagsWithValue)}
				set flag $word
			case '-*'
			case '*'
				test $command = none; and set command $word
		end
	end
	if test $command = none
		set command install
		test -z "$flag"; and set -a command none
	end
	for one in $command
		contains -- $one $argv; and return
	end
	return 1
end`;

/** fish's complete(1). */
export const fishCompletion = (): string =>
	`# fish completion of vira-setup: vira-setup completion fish > ~/.config/fish/completions/vira-setup.fish

# Whether the command on the line is one of these. The default is install; "none" means that one can still be typed.
${commandFunction()}

function __vira_setup_behind
	test (commandline -opc)[-1] = $argv[1]
end

complete -c vira-setup -f
${Object.entries(allCommands)
	.map(([name, {does}]) => line("-n '__vira_setup_command none'", `-a ${name}`, `-d ${quoted(does)}`))
	.join('\n')}
${Object.entries(allCommands)
	.flatMap(([name, {argument}]) =>
		argument && argument.choices.length > 0
			? [line(`-n '__vira_setup_command ${name}'`, `-a ${quotedWords(argument.choices)}`)]
			: [],
	)
	.join('\n')}
${everyFlag.flatMap(flagLines).join('\n')}
`;
