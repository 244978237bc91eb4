import {exitCode, SetupError} from '../errors.ts';
import {nearestName} from '../settings/problem.ts';
import type {Fix} from '../notice.ts';
import {allCommandNames, namesOf, shells} from './commands.ts';
import {allFlags, answeringFlags, isSwitch} from './flags-of-command.ts';
import {consents} from './run-flags.ts';

/** An error in the command line itself. Without fixes, it gets the one that shows the options of the command. */
export const usage = (message: string, ...fixes: readonly Fix[]): SetupError =>
	new SetupError({message, ...(fixes.length > 0 && {fixes}), exit: exitCode.usage});

const seeCommands: Fix = {say: 'lists all commands', command: 'vira-setup --help'};

/** A value after `=` may be a secret, and the name is enough to find the error. */
export const withoutValue = (word: string): string => word.split('=', 1)[0] ?? '';

/** Never suggested for a mistyped word: they accept a loss. */
const destructive: readonly string[] = ['uninstall', ...consents.map((name) => `--${name}`)];

/** Asks whether a name was meant, at the end of a sentence; empty without one. */
export const question = (name: string | undefined): string =>
	name === undefined ? '' : ` Did you mean ${name}?`;

export const didYouMean = (name: string, known: readonly string[]): string => {
	const nearest = nearestName(name, known);
	return question(destructive.includes(nearest ?? '') ? undefined : nearest);
};

/** A word where a command is expected. */
export interface StrangeWord {
	readonly word: string;
	/** Whether an option stands before it: then it may be part of its value, and so of a secret. */
	readonly followsOption: boolean;
	/** The option that turns a setting on or off and stands directly before it. */
	readonly afterSwitch: string | undefined;
}

/** The word in quotes, if it cannot be a misplaced secret: it resembles a known word, or is a plain one. */
const quoted = ({word, followsOption}: StrangeWord, known: readonly string[]): string => {
	const isPlain = !followsOption && /^[a-z][a-z\-]{0,19}$/iu.test(word);
	return isPlain || nearestName(word, known) !== undefined ? ` "${word}"` : '';
};

const typedNames = allCommandNames.flatMap(namesOf);

/** What else the word may have been meant for; undefined: only a command or an argument. */
const meantOtherwise = ({word, afterSwitch}: StrangeWord): SetupError | undefined => {
	const isNear = nearestName(word, typedNames) !== undefined;
	if (afterSwitch !== undefined && !isNear) return usage(`The value of --${afterSwitch} must be yes or no.`);
	return word.startsWith('-') ? usage('Options cannot follow "--". Leave it out.') : undefined;
};

export const unknownCommand = (strange: StrangeWord): SetupError => {
	const meant = meantOtherwise(strange);
	if (meant) return meant;
	const isNear = nearestName(strange.word, typedNames) !== undefined;
	const hint = isNear ? didYouMean(strange.word, typedNames) : ` Use one of: ${allCommandNames.join(', ')}.`;
	return usage(`Unknown command${quoted(strange, typedNames)}.${hint}`, seeCommands);
};

/** An argument that no command takes. */
export const unexpectedArgument = (strange: StrangeWord): SetupError => {
	const meant = meantOtherwise(strange);
	if (meant) return meant;
	const known = [...typedNames, ...shells];
	const isNear = nearestName(strange.word, known) !== undefined;
	const hint = isNear ? 'Only one command can be given.' : 'If a value contains spaces, quote it.';
	return usage(`Unexpected argument${quoted(strange, known)}. ${hint}`, seeCommands);
};

/** The right spelling of an option that was given a value. */
const spellingOf = (name: string): string => {
	const flag = allFlags.find((one) => one.name === name || `no-${one.name}` === name);
	if (flag?.negation === undefined) return `Use --${name}, or leave it out.`;
	const {value} = flag;
	return `Use --${flag.name}${value ? ` ${value.placeholder}` : ''} or --no-${flag.name}.`;
};

/** A value was given to an option that takes none. */
export const takesNoValue = (name: string): SetupError =>
	usage(`--${name} does not take a value. ${spellingOf(name)}`);

export const unknownFlag = (word: string): SetupError => {
	const name = withoutValue(word);
	if (!/^--?[a-z][a-z-]*$/iu.test(name)) return usage('Unknown option.');
	const all = [...answeringFlags, ...allFlags];
	const known = all.flatMap((flag) => [
		`--${flag.name}`,
		...(flag.negation === undefined ? [] : [`--no-${flag.name}`]),
	]);
	if (known.includes(name)) return takesNoValue(name.slice(2));
	const short = all.find((flag) => flag.short === name.at(-1));
	if (name !== word && short && !name.startsWith('--')) return takesNoValue(short.name);
	// A switch of the run is off unless it is given.
	const on = name.replace(/^--no-/u, '--');
	const isOff = on !== name && allFlags.some((flag) => isSwitch(flag) && `--${flag.name}` === on);
	return usage(`Unknown option ${name}.${isOff ? ` Leave out ${on}.` : didYouMean(name, known)}`);
};
