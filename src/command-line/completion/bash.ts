import {shellWord} from '../../platform/command-text.ts';
import {allCommandNames, allCommands, namesOf} from '../commands.ts';
import {
	flagsOfCommand,
	flagsWithValue,
	spellings,
	type DescribedFlag,
	type Offer,
} from '../flags-of-command.ts';

const list = (words: readonly string[]): string => words.map(shellWord).join(' ');

/** Alternatives, as a pattern of `case`. */
const oneOf = (words: readonly string[]): string => words.join(' | ');

const offerCommand = (offer: Offer): string => {
	if (offer.offer === 'choices') return `_vira_setup_words ${list(offer.choices)}`;
	return `_vira_setup_files ${offer.offer === 'folders' ? '-d' : '-f'}`;
};

/** What offers the values of options, each with the options that it is for. */
const offers = (): ReadonlyMap<string, readonly string[]> => {
	const names = new Map<string, readonly string[]>();
	for (const {name, value} of flagsWithValue) {
		if (value.offer === 'nothing') continue;
		const command = offerCommand(value);
		names.set(command, [...(names.get(command) ?? []), `--${name}`]);
	}
	return names;
};

const withNegation = (flag: DescribedFlag): readonly string[] =>
	flag.negation === undefined ? spellings(flag) : [...spellings(flag), `--no-${flag.name}`];

const commandCase = (name: string): string => {
	const words = allCommands[name]?.argument?.choices ?? [];
	return `		${oneOf(namesOf(name))}) flags=(${list(flagsOfCommand(name).flatMap(withNegation))}) words=(${list(words)}) ;;`;
};

/**
 * The constant part. bash also splits words at `=` and `:`, and keeps their quotes, so the line is parsed again, the way
 * the shell itself will parse it.
 */
const engine = `# Parses the line up to the cursor: the words before it, the current word, and how many of its letters bash keeps.
_vira_setup_read() {
	local line=\${COMP_LINE:0:COMP_POINT} quote= began= char i
	before=() word= kept=0
	for ((i = 0; i < \${#line}; i++)); do
		char=\${line:i:1}
		if [[ $quote && $char == "$quote" ]]; then
			quote=
		elif [[ $char == \\\\ && $quote != "'" ]]; then
			((++i))
			word+=\${line:i:1} began=1
		elif [[ $quote ]]; then
			word+=$char
		elif [[ $char == [\\'\\"] ]]; then
			quote=$char began=1 kept=\${#word}
		elif [[ $char == [[:space:]] ]]; then
			[[ $began ]] && before+=("$word")
			word= began= kept=0
		else
			word+=$char began=1
			[[ $COMP_WORDBREAKS == *"$char"* ]] && kept=\${#word}
		fi
	done
}

# Offers the words that start with what was typed.
_vira_setup_words() {
	local one
	for one; do
		[[ $one == "$value"* ]] || continue
		one=$flag_part$one
		COMPREPLY+=("\${one:kept}")
	done
}

# Offers files and folders (-f), or folders (-d). compgen -f would interpret the quotes of the line again.
_vira_setup_files() {
	local path one root=$value
	[[ $value == '~/'* ]] && root=$HOME/\${value:2}
	compopt -o filenames 2>/dev/null
	while IFS= read -r path; do
		one=$flag_part$path
		[[ $root == "$value" ]] || one="$flag_part~/\${path:\${#HOME}+1}"
		one=\${one:kept}
		# bash marks a folder itself, unless it sees only the part of the path after a colon.
		if [[ $one != ["~/"]* && -d $path && ! -d $one ]]; then
			one+=/
			compopt -o nospace 2>/dev/null
		fi
		COMPREPLY+=("$one")
	done < <(
		shopt -s nullglob
		for path in "$root"*; do [[ $1 == -f || -d $path ]] && printf '%s\\n' "$path"; done
	)
}
`;

/** Finds the command, and the option whose value is being typed, among the words before the cursor. */
const findExistingText = (): string => {
	const optional = oneOf(flagsWithValue.filter(({value}) => value.isOptional).map(({name}) => `--${name}`));
	return `	for one in "\${before[@]:1}"; do
		case $flag in
			'') ;;
			${optional}) [[ $one == -* ]] || { flag=; continue; } ;;
			*) flag=; continue ;;
		esac
		flag=
		case $one in
			${oneOf(flagsWithValue.flatMap(spellings))}) flag=$one ;;
			-*) ;;
			*) [[ $command ]] || command=$one ;;
		esac
	done
	value=$word
	case $flag in
		${optional}) [[ $word != -* ]] || flag= ;;
	esac
	if [[ ! $flag && $word == --*=* ]]; then
		flag=\${word%%=*} flag_part=\${word%%=*}= value=\${word#*=}
	fi`;
};

/** bash(1), "Programmable Completion"; for bash 3.2 (macOS) and newer. */
export const bashCompletion = (): string =>
	`# bash completion of vira-setup, for ~/.bashrc: eval "$(vira-setup completion bash)"

${engine}
_vira_setup() {
	local before word kept flag= flag_part= value command= one flags words
	COMPREPLY=()
	_vira_setup_read
${findExistingText()}
	case $flag in
		'') ;;
${[...offers()].map(([command, names]) => `		${oneOf(names)}) ${command}; return ;;`).join('\n')}
		*) return ;;
	esac
	case \${command:-install} in
${allCommandNames.map(commandCase).join('\n')}
		*) flags=() words=() ;;
	esac
	[[ $command ]] || words=(${list(allCommandNames)})
	[[ $word == -* ]] && words=("\${flags[@]}")
	_vira_setup_words "\${words[@]}"
}

complete -F _vira_setup vira-setup
`;
