import {parseArgs} from 'node:util';
import {isOnOrOff} from '../settings/value.ts';
import {allCommands} from './commands.ts';
import {allFlags, answeringFlags, isToggle, type DescribedFlag} from './flags-of-command.ts';
import {formerNames, runFlags, type RunFlagName} from './run-flags.ts';
import {takesNoValue, unexpectedArgument, unknownFlag, usage, type StrangeWord} from './usage-errors.ts';

type ParsedValue<Declared> = Declared extends {readonly valueIsOptional: true}
	? string | true
	: Declared extends {readonly placeholder: string}
		? string
		: true;

/** The options of this run that were given, each with its value; true: it has none. */
export type RunValues = {readonly [Name in RunFlagName]?: ParsedValue<(typeof runFlags)[Name]>};

export interface ParsedArguments {
	/** The command and its argument, as they were typed. */
	readonly words: readonly string[];
	/** How many of these words stand before every option. */
	readonly leading: number;
	/** A word directly after a switch that is not a value for it, and the switch. */
	readonly afterSwitch: {readonly word: string; readonly name: string} | undefined;
	/** What is answered with a text, whatever else is given. */
	readonly answer: 'help' | 'version' | undefined;
	readonly run: RunValues;
	/** Settings by the name of their option: every text that was given, or whether it was given without one; false: `--no-NAME`. */
	readonly settings: ReadonlyMap<string, readonly string[] | boolean>;
}

interface KnownFlag {
	/** Node knows no optional values: such an option is a boolean one there, and takes the next word here. */
	readonly type: 'string' | 'boolean';
	readonly short?: string;
	/** Absent: it takes no value. */
	readonly placeholder?: string | undefined;
	/** Whether it turns a setting on or off: it can have a value such as `no`. */
	readonly isToggle?: boolean;
}

const acceptedFor = (flag: DescribedFlag): KnownFlag => {
	const {short, value} = flag;
	return {
		type: value && !value.isOptional ? 'string' : 'boolean',
		...(short !== undefined && {short}),
		placeholder: value?.placeholder,
		isToggle: isToggle(flag),
	};
};

/** Every option by its name, `no-NAME` as well. */
const shown: ReadonlyMap<string, KnownFlag> = new Map(
	[...answeringFlags, ...allFlags].flatMap((flag): [string, KnownFlag][] => [
		[flag.name, acceptedFor(flag)],
		...(flag.negation === undefined ? [] : [[`no-${flag.name}`, {type: 'boolean'}] as [string, KnownFlag]]),
	]),
);

const former = Object.entries(formerNames).flatMap(([name, now]): [string, KnownFlag][] => {
	const flag = shown.get(now);
	return flag ? [[name, flag]] : [];
});

const accepted: ReadonlyMap<string, KnownFlag> = new Map([...shown, ...former]);

/** Such a word is a value or an argument, although it begins like an option. */
const negativeNumber = /^-(?:\d+|\d*\.\d+)(?:e[+-]?\d+)?$/u;

/** A word, or one of several short options in a word; `end` is `--`. */
type Piece =
	| {readonly is: 'word' | 'unknown'; readonly text: string}
	| {
			readonly is: 'flag';
			readonly name: string;
			readonly flag: KnownFlag;
			readonly value: string | undefined;
	  }
	| {readonly is: 'end'};

const piecesOf = function* (words: readonly string[]): Generator<Piece> {
	const options = Object.fromEntries(accepted);
	const {tokens} = parseArgs({args: [...words], options, tokens: true, strict: false});
	let finished: number | undefined;
	for (const token of tokens) {
		if (token.index === finished) continue;
		if (token.kind === 'positional') yield {is: 'word', text: token.value};
		else if (token.kind === 'option-terminator') {
			// Node also takes a dash among short options for one.
			const text = words[token.index] ?? '';
			yield text === '--' ? {is: 'end'} : {is: 'unknown', text};
		} else {
			const {name, value} = token;
			const flag = accepted.get(name);
			if (flag && (flag.placeholder !== undefined || flag.isToggle || value === undefined)) {
				yield {is: 'flag', name, flag, value};
				continue;
			}
			const word = words[token.index] ?? '';
			// Of short options in one word, those before it are known. As of `-y=no`, all of it is reported.
			const text = word.startsWith('--') || name === '=' ? word : `-${word.slice(word.indexOf(name))}`;
			// The `-2` of `-v2` is not a number.
			yield {is: text === word && negativeNumber.test(text) ? 'word' : 'unknown', text};
			finished = token.index;
		}
	}
};

interface Found {
	readonly words: string[];
	leading: number;
	afterSwitch: ParsedArguments['afterSwitch'];
	answer: ParsedArguments['answer'];
	readonly run: Record<string, string | true>;
	readonly settings: Map<string, readonly string[] | boolean>;
}

/** The last use of an option counts. A list collects its items; `--no-NAME` clears those before it. */
const addFlag = (found: Found, name: string, value: string | undefined): void => {
	const {run, settings} = found;
	const current = formerNames[name] ?? name;
	if (name === 'help' || (name === 'version' && found.answer !== 'help')) found.answer = name;
	else if (Object.hasOwn(runFlags, current)) run[current] = value ?? true;
	else if (value === undefined) settings.set(name.replace(/^no-/u, ''), !name.startsWith('no-'));
	else {
		const earlier = settings.get(name);
		settings.set(name, [...(typeof earlier === 'object' ? earlier : []), value]);
	}
};

/** The word at this position among those that are no option and no value. */
export const wordAt = (
	{words, leading, afterSwitch}: Pick<ParsedArguments, 'words' | 'leading' | 'afterSwitch'>,
	at: number,
): StrangeWord => ({
	word: words[at] ?? '',
	followsOption: at >= leading,
	afterSwitch: afterSwitch?.word === words[at] ? afterSwitch?.name : undefined,
});

type FlagPiece = Extract<Piece, {is: 'flag'}>;

/** Whether the option takes the word after it as its value. */
const takesWord = ({name, flag, value}: FlagPiece, word: string): boolean => {
	if (value !== undefined) return false;
	if (flag.placeholder !== undefined) return true;
	if (!isOnOrOff(word)) return false;
	if (flag.isToggle) return true;
	throw takesNoValue(name);
};

/** Whether the command takes any number of arguments. */
export const takesMany = ([command = '']: readonly string[]): boolean =>
	allCommands[command]?.argument?.isRepeated ?? false;

/** Parses the words; request.ts interprets them. */
export const parseWords = (words: readonly string[]): ParsedArguments => {
	const found: Found = {
		words: [],
		leading: 0,
		afterSwitch: undefined,
		answer: undefined,
		run: {},
		settings: new Map(),
	};
	let unknown: string | undefined;
	let before: FlagPiece | undefined;
	let isLeading = true;
	for (const piece of piecesOf(words)) {
		const previous = before;
		before = piece.is === 'flag' ? piece : undefined;
		isLeading &&= piece.is === 'word';
		if (isLeading) found.leading += 1;
		if (piece.is === 'unknown') unknown ??= piece.text;
		else if (piece.is === 'word' && previous && takesWord(previous, piece.text))
			addFlag(found, previous.name, piece.text);
		else if (piece.is === 'word') {
			if (previous?.flag.isToggle) found.afterSwitch ??= {word: piece.text, name: previous.name};
			found.words.push(piece.text);
		} else if (piece.is === 'flag') {
			const {name, flag, value} = piece;
			if (flag.type === 'string' && value === undefined)
				throw usage(`--${name} needs a value: --${name} ${flag.placeholder ?? ''}.`);
			addFlag(found, name, value);
		}
	}
	if (unknown !== undefined) throw unknownFlag(unknown);
	if (found.words.length > 2 && !takesMany(found.words)) throw unexpectedArgument(wordAt(found, 2));
	return found;
};
