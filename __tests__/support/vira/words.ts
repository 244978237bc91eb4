import {helpOption, type Option} from './options.ts';

/** A command line that does not match the grammar. */
export class Refusal extends Error {}

/** Options by flag (a flag without value holds ''), words that are no options, and what was left unread. */
export interface Taken {
	readonly values: Map<string, string>;
	readonly words: readonly string[];
	readonly rest: readonly string[];
}

interface Grammar {
	readonly options: readonly Option[];
	readonly mostWords: number;
	/** Options that were already read, which are not read again. */
	readonly before?: ReadonlyMap<string, string>;
}

const endsTheReading = new Set(['--help', '--version']);

const looksLikeOption = (word: string): boolean => word.startsWith('-') && word !== '-';

/** The message for a word that nothing accepts. */
export const unknown = (word: string): Refusal =>
	new Refusal(looksLikeOption(word) ? `Invalid option \`${word}'` : `Invalid argument \`${word}'`);

interface FoundOption {
	readonly option: Option;
	/** What follows the equals sign. */
	readonly attached: string | undefined;
}

const optionOf = (word: string, options: readonly Option[]): FoundOption | undefined => {
	const equals = word.startsWith('--') ? word.indexOf('=') : -1;
	const name = equals === -1 ? word : word.slice(0, equals);
	const option = options.find(({flag, short}) => flag === name || short === name);
	const attached = equals === -1 ? undefined : word.slice(equals + 1);
	const fits = option !== undefined && (option.value !== undefined || attached === undefined);
	return fits ? {option, attached} : undefined;
};

const valueOf = ({flag, value: kind}: Option, given: string | undefined): string => {
	if (kind === undefined) return '';
	if (given === undefined) throw new Refusal(`The option \`${flag}\` expects an argument.`);
	const value = kind.read(given);
	if (value !== undefined) return value;
	throw new Refusal(`option ${flag}: ${kind.refusal ?? `cannot parse value \`${given}'`}`);
};

/**
 * Reads words in their order up to one that it does not know, or an option that was taken before. As
 * optparse-applicative does, an option takes the next word whatever it looks like.
 */
export const takeWords = (given: readonly string[], {options, mostWords, before}: Grammar): Taken => {
	const known = [...options, helpOption];
	const rest = [...given];
	const values = new Map<string, string>(before);
	const words: string[] = [];
	let optionsEnded = false;
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		const isOption = !optionsEnded && looksLikeOption(word);
		const found = isOption ? optionOf(word, known) : undefined;
		if (isOption && word === '--') {
			optionsEnded = true;
		} else if (found && !values.has(found.option.flag)) {
			const {option, attached} = found;
			const isFlag = option.value === undefined;
			values.set(option.flag, valueOf(option, isFlag ? '' : (attached ?? rest.shift())));
			if (endsTheReading.has(option.flag)) return {values, words, rest: []};
		} else if (!isOption && words.length < mostWords) {
			words.push(word);
		} else {
			return {values, words, rest: [word, ...rest]};
		}
	}
	return {values, words, rest: []};
};
