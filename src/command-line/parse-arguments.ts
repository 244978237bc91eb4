import {parseArgs} from 'node:util';
import {exitCode, SetupError} from '../errors.ts';
import {nearestName} from '../platform/nearest-name.ts';
import {helpFix} from '../ui/validation-error.ts';
import {allCommandNames, formerNames, runFlags, shells, type RunFlagName} from './commands.ts';
import {allFlags, type DescribedFlag} from './flags-of-command.ts';

/** An error in the command line itself. */
export const usage = (message: string): SetupError =>
	new SetupError({message: message, fixes: [helpFix], exit: exitCode.usage});

/** A value after `=` may be a secret, and the name is enough to find the error. */
export const withoutValue = (word: string): string => word.split('=', 1)[0] ?? '';

/** Never suggested: they delete what cannot be restored. */
const destructive: readonly string[] = ['uninstall', '--purge'];

export const didYouMean = (name: string, known: readonly string[]): string => {
	const nearest = nearestName(name, known);
	return nearest === undefined || destructive.includes(nearest) ? '' : ` Did you mean ${nearest}?`;
};

/** An unknown command. It is quoted only if it resembles a command: otherwise it may be a misplaced secret. */
export const unknownCommand = (word: string): SetupError =>
	usage(
		nearestName(word, allCommandNames) === undefined
			? `Unknown command. Use one of: ${allCommandNames.join(', ')}.`
			: `Unknown command "${word}".${didYouMean(word, allCommandNames)}`,
	);

/** An argument that no command takes, quoted as a command is. */
export const unexpectedArgument = (word: string): SetupError =>
	usage(
		nearestName(word, [...allCommandNames, ...shells]) === undefined
			? 'Unexpected argument. If a value contains spaces, quote it.'
			: `Unexpected argument "${word}". Only one command can be given.`,
	);

type ValueOf<Declared> = Declared extends {readonly valueIsOptional: true}
	? string | true
	: Declared extends {readonly placeholder: string}
		? string
		: true;

/** The options of this run that were given, each with its value; true: it has none. */
export type RunValues = {readonly [Name in RunFlagName]?: ValueOf<(typeof runFlags)[Name]>};

export interface ParsedArguments {
	/** The command and its argument, as they were typed. */
	readonly words: readonly string[];
	readonly run: RunValues;
	/** Settings by the name of their option: every text that was given, or whether it is on; false: `--no-NAME`. */
	readonly settings: ReadonlyMap<string, readonly string[] | boolean>;
}

interface Accepted {
	/** Node knows no optional values: such an option is a boolean one there, and takes the next word here. */
	readonly type: 'string' | 'boolean';
	readonly short?: string;
	/** Absent: it takes no value. */
	readonly placeholder?: string | undefined;
}

const acceptedFor = ({short, value}: DescribedFlag): Accepted => ({
	type: value && !value.isOptional ? 'string' : 'boolean',
	...(short !== undefined && {short}),
	placeholder: value?.placeholder,
});

/** Every option by its name, `no-NAME` as well. */
const shown: ReadonlyMap<string, Accepted> = new Map(
	allFlags.flatMap((flag): [string, Accepted][] => [
		[flag.name, acceptedFor(flag)],
		...(flag.negation === undefined ? [] : [[`no-${flag.name}`, {type: 'boolean'}] as [string, Accepted]]),
	]),
);

const former = Object.entries(formerNames).flatMap(([name, now]): [string, Accepted][] => {
	const flag = shown.get(now);
	return flag ? [[name, flag]] : [];
});

const accepted: ReadonlyMap<string, Accepted> = new Map([...shown, ...former]);

const unknownFlag = (word: string): SetupError => {
	const flag = withoutValue(word);
	if (!/^--?[a-z][a-z-]*$/iu.test(flag)) return usage('Unknown option.');
	const known = ['help', 'version', ...shown.keys()].map((name) => `--${name}`);
	return usage(
		known.includes(flag)
			? `${flag} does not take a value.`
			: `Unknown option ${flag}.${didYouMean(flag, known)}`,
	);
};

/** Such a word is a value or an argument, although it begins like an option. */
const negativeNumber = /^-(?:\d+|\d*\.\d+)(?:e[+-]?\d+)?$/u;

/** A word, or one of several short options in a word; `end` is `--`. */
type Piece =
	| {readonly is: 'word' | 'unknown'; readonly text: string}
	| {readonly is: 'flag'; readonly name: string; readonly flag: Accepted; readonly value: string | undefined}
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
			if (flag && (flag.placeholder !== undefined || value === undefined)) {
				yield {is: 'flag', name, flag, value};
				continue;
			}
			const word = words[token.index] ?? '';
			// Of short options in one word, those before it are known.
			const text = word.startsWith('--') ? word : `-${word.slice(word.indexOf(name))}`;
			yield {is: negativeNumber.test(text) ? 'word' : 'unknown', text};
			finished = token.index;
		}
	}
};

interface Found {
	readonly words: string[];
	readonly run: Record<string, string | true>;
	readonly settings: Map<string, readonly string[] | boolean>;
}

/** The last use of an option counts. A list collects its items; `--no-NAME` clears those before it. */
const addFlag = ({run, settings}: Found, name: string, value: string | undefined): void => {
	const current = formerNames[name] ?? name;
	if (Object.hasOwn(runFlags, current)) run[current] = value ?? true;
	else if (value === undefined) settings.set(name.replace(/^no-/u, ''), !name.startsWith('no-'));
	else {
		const earlier = settings.get(name);
		settings.set(name, [...(typeof earlier === 'object' ? earlier : []), value]);
	}
};

/** Parses the words; request.ts interprets them. */
export const parseWords = (words: readonly string[]): ParsedArguments => {
	const found: Found = {words: [], run: {}, settings: new Map()};
	let unknown: string | undefined;
	/** An option that takes the next piece as its value if that is a word. */
	let open: string | undefined;
	for (const piece of piecesOf(words)) {
		if (piece.is === 'unknown') unknown ??= piece.text;
		else if (piece.is === 'word' && open === undefined) found.words.push(piece.text);
		else if (piece.is === 'word') addFlag(found, open ?? '', piece.text);
		open = undefined;
		if (piece.is !== 'flag') continue;
		const {name, flag, value} = piece;
		if (flag.type === 'string' && value === undefined)
			throw usage(`--${name} needs a value: --${name} ${flag.placeholder ?? ''}.`);
		addFlag(found, name, value);
		if (flag.placeholder !== undefined && value === undefined) open = name;
	}
	if (unknown !== undefined) throw unknownFlag(unknown);
	if (found.words.length > 2) throw unexpectedArgument(found.words[2] ?? '');
	return found;
};
