import {shellWord} from '../../platform/command-text.ts';
import {allCommandNames, allCommands, namesOf} from '../commands.ts';
import {
	flagsOfCommand,
	flagsWithValue,
	spellings,
	type DescribedFlag,
	type Offer,
} from '../flags-of-command.ts';

/** In an optspec, colons separate fields and brackets contain the description (zshcompsys(1), _arguments). */
const escapedSpec = (text: string): string => text.replaceAll(/[\\:[\]]/gu, String.raw`\$&`);

/** The words of a list in parentheses. */
const parenthesized = (words: readonly string[]): string =>
	`(${words.map((word) => word.replaceAll(/[\s\\:()]/gu, String.raw`\$&`)).join(' ')})`;

const actionFor = (offer: Offer): string => {
	switch (offer.offer) {
		case 'choices':
			return parenthesized(offer.choices);
		case 'files':
			return '_files';
		case 'folders':
			return '_files -/';
		case 'nothing':
			return ' ';
	}
};

const specsOf = ({name, short, help, value, isRepeated, negation}: DescribedFlag): readonly string[] => {
	const not = `--no-${name}`;
	const others = [...(negation === undefined ? [] : [not]), ...(short === undefined ? [] : [`-${short}`])];
	const instead = others.length === 0 ? '' : `(--${name} ${others.join(' ')})`;
	const before = isRepeated ? '*' : instead;
	// An optional value is accepted only after an =; as a separate word it is offered elsewhere.
	const equals = value?.isOptional ? '=-' : '=';
	const taken = value ? `:${escapedSpec(value.placeholder)}:${actionFor(value)}` : '';
	return [
		`${before}--${name}${value ? equals : ''}[${escapedSpec(help)}]${taken}`,
		...(short === undefined ? [] : [`${instead}-${short}[${escapedSpec(help)}]${taken}`]),
		...(negation === undefined ? [] : [`(--${name} ${not})${not}[${escapedSpec(negation)}]`]),
	];
};

const oneOf = (flags: readonly DescribedFlag[]): string => flags.flatMap(spellings).join('|');

/** Completes an optional value as a separate word. */
const optionalValues = (): readonly string[] =>
	flagsWithValue.flatMap(({name, value}) =>
		value.isOptional && value.offer === 'choices'
			? [
					`		--${name}) [[ $words[CURRENT] == -* ]] || { compadd -- ${value.choices.map(shellWord).join(' ')}; return } ;;`,
				]
			: [],
	);

/** Finds the command among the words before the cursor. */
const findCommand = (): string =>
	`	for word in "\${(@)words[2,CURRENT - 1]}"; do
		case $flag in
			'') ;;
			${oneOf(flagsWithValue.filter(({value}) => value.isOptional))}) [[ $word == -* ]] || { flag=; continue } ;;
			*) flag=; continue ;;
		esac
		flag=
		case $word in
			${oneOf(flagsWithValue)}) flag=$word ;;
			-*) ;;
			*) command=\${command:-$word} ;;
		esac
	done
	case $flag in
${optionalValues().join('\n')}
	esac
	[[ -n $command$flag ]] || rest='*: :_vira_setup_commands'`;

const commandCase = (name: string): string => {
	const words = allCommands[name]?.argument?.choices ?? [];
	const rest = words.length > 0 ? `rest=${shellWord(`*: :${parenthesized(words)}`)}; ` : '';
	const specs = flagsOfCommand(name)
		.flatMap(specsOf)
		.map((spec) => `			${shellWord(spec)}`);
	return [`		${namesOf(name).join('|')}) ${rest}_arguments -S $rest`, ...specs].join(' \\\n');
};

/** zshcompsys(1): works as a file named _vira-setup in $fpath, and read by `source`. */
export const zshCompletion = (): string => `#compdef vira-setup
# zsh completion of vira-setup, for ~/.zshrc after compinit: source <(vira-setup completion zsh)

_vira_setup_commands() {
	local -a names=(
${Object.entries(allCommands)
	.map(([name, {does}]) => `		${shellWord(`${name}:${escapedSpec(does)}`)}`)
	.join('\n')}
	)
	_describe command names
}

_vira_setup() {
	local word flag= command=
	# What can be typed besides options.
	local rest='*: :()'
${findCommand()}
	case \${command:-install} in
${allCommandNames.map((name) => `${commandCase(name)} ;;`).join('\n')}
	esac
}

if [[ $funcstack[1] == _vira_setup ]]; then
	_vira_setup "$@"
else
	compdef _vira_setup vira-setup
fi
`;
