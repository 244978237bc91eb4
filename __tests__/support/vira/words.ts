import {helpOption, type Option} from './options.ts';

/** A command line that is not of the grammar. */
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
	readonly stopsAtWord: boolean;
}

const endsTheReading = new Set(['--help', '--version']);

const looksLikeOption = (word: string): boolean => word.startsWith('-') && word !== '-';

const optionOf = (
	word: string,
	options: readonly Option[],
): {option: Option; attached: string | undefined} => {
	const equals = word.startsWith('--') ? word.indexOf('=') : -1;
	const name = equals === -1 ? word : word.slice(0, equals);
	const option = options.find(({flag, short}) => flag === name || short === name);
	const attached = equals === -1 ? undefined : word.slice(equals + 1);
	if (option === undefined || (option.value === undefined && attached !== undefined)) {
		throw new Refusal(`Invalid option \`${word}'`);
	}
	return {option, attached};
};

const valueOf = (option: Option, given: string | undefined): string => {
	if (option.value === undefined) return '';
	if (given === undefined) {
		throw new Refusal(`The option \`${option.flag}\` expects an argument.`);
	}
	const value = option.value.read(given);
	if (value === undefined) {
		throw new Refusal(`option ${option.flag}: cannot parse value \`${given}'`);
	}
	return value;
};

/** Reads words in their order; as optparse-applicative does, an option takes the next word whatever it looks like. */
export const takeWords = (given: readonly string[], grammar: Grammar): Taken => {
	const options = [...grammar.options, helpOption];
	const rest = [...given];
	const values = new Map<string, string>();
	const words: string[] = [];
	let optionsEnded = false;
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		if (optionsEnded || !looksLikeOption(word)) {
			if (grammar.stopsAtWord) return {values, words, rest: [word, ...rest]};
			if (words.length === grammar.mostWords) throw new Refusal(`Invalid argument \`${word}'`);
			words.push(word);
		} else if (word === '--') {
			optionsEnded = true;
		} else {
			const {option, attached} = optionOf(word, options);
			if (values.has(option.flag)) throw new Refusal(`Invalid option \`${word}'`);
			values.set(option.flag, valueOf(option, option.value === undefined ? '' : (attached ?? rest.shift())));
			if (endsTheReading.has(option.flag)) break;
		}
	}
	return {values, words, rest: []};
};
