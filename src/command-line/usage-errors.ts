import {exitCode, SetupError} from '../errors.ts';
import {nearestName, type Misgiven} from '../settings/problem.ts';
import type {Fix} from '../notice.ts';
import {allCommandNames, namesOf, shells} from './commands.ts';
import {allFlags, answeringFlags, isSwitch} from './flags-of-command.ts';
import {consents, runFlags} from './run-flags.ts';
import {flags, variableOf, variablePrefix, type Flag} from '../settings/flags.ts';
import {nameInFile, parents, type ReadSettings} from '../settings/settings-file.ts';
import {saysNothing} from '../settings/module-json.ts';

/** An error in the command line itself. Without fixes, it gets the one that shows the options of the command. */
export const usage = (message: string, ...fixes: readonly Fix[]): SetupError =>
	new SetupError({message, ...(fixes.length > 0 && {fixes}), exit: exitCode.usage});

const seeCommands: Fix = {say: 'lists all commands', command: 'vira-setup --help'};

/** A value after `=` may be a secret, and the name is enough to find the error. */
export const withoutValue = (word: string): string => word.split('=', 1)[0] ?? '';

/** Never suggested for a mistyped word: they accept a loss. */
const destructive: readonly string[] = ['uninstall', ...consents.map((name) => `--${name}`)];

/** Asks whether a name was meant, at the end of a sentence; empty without one. */
const question = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean ${name}?`);

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

/** A name without case, dashes and the like: `state-dir` and `STATE_DIR` are `statedir`. */
const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_.]/gu, '');

const lastPart = (place: string): string => place.split('.').at(-1) ?? '';

/** What people write for a setting elsewhere: its option, `no-NAME`, its name without its object. */
const otherNames = ({option, name, negatable}: Flag): readonly string[] =>
	[option, name, lastPart(nameInFile(option)), ...(negatable ? [`no-${name}`] : [])].map(bare);

/** The setting that was meant by a name which no setting has. */
const meant = (name: string, nameOf: (flag: Flag) => string): Flag | undefined => {
	const known = flags.find((flag) =>
		[bare(name), bare(lastPart(name))].some((one) => otherNames(flag).includes(one)),
	);
	if (known) return known;
	const near =
		nearestName(name, flags.map(nameOf)) ??
		nearestName(
			lastPart(name),
			flags.map(({option}) => option),
		);
	return flags.find((flag) => nameOf(flag) === near || flag.option === near);
};

const meantInFile = (place: string): string | undefined => {
	const flag = meant(place, ({option}) => nameInFile(option));
	return flag ? nameInFile(flag.option) : nearestName(place, [...parents]);
};

/** Unknown settings in a file; of the module's JSON, which has every option, those without a value are ignored. */
export const unknownInFile = ({unknown, ofModule}: ReadSettings): readonly Misgiven[] =>
	Object.entries(unknown)
		.filter(([, value]) => !ofModule || !saysNothing(value))
		.map(([place]) => ({
			option: undefined,
			setting: place,
			place,
			message: ofModule
				? 'This module option is not supported. To continue without it, remove it from the file.'
				: `Unknown setting.${question(meantInFile(place))}`,
		}));

/** Variables that were meant for a setting or an option. Other programs may use the prefix too. */
export const unknownVariables = (
	environment: Readonly<Record<string, string | undefined>>,
): readonly Misgiven[] => {
	const known = flags.map(variableOf);
	const options = Object.keys(runFlags);
	const strange = Object.keys(environment).filter(
		(name) => name.startsWith(variablePrefix) && !known.includes(name),
	);
	return strange.flatMap((place): Misgiven[] => {
		const name = place.slice(variablePrefix.length);
		const option = options.find((one) => bare(one) === bare(name));
		const flag = meant(name, (one) => variableOf(one).slice(variablePrefix.length));
		if (option !== undefined)
			return [{option: undefined, place, message: `Only settings have a variable. Use --${option}.`}];
		return flag ? [{option: undefined, place, message: `Unknown setting.${question(variableOf(flag))}`}] : [];
	});
};
