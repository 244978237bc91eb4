import {documentSchema, jsonText} from '../ui/scripted/json-text.ts';

/** What the answer depends on, in addition to the words. */
interface QuickContext {
	readonly version: string;
	/** Width of the terminal; undefined if there is none. */
	readonly columns: number | undefined;
}

/** Wider, a line is hard to read. */
const maxColumns = 100;

/** The words of which one may name the command whose help is asked for. */
type QuickQuestion = 'version' | {readonly help: readonly string[]};

/** Whether the words must be parsed: `help` or `version` may be a command, and several short options are in a word. */
const mayAsk = (word: string): boolean => word === 'help' || word === 'version' || /^-[A-Za-z]+$/u.test(word);

/** `help` and `version` as commands, and `-qV`. Errors in the words are left to the program. */
const askedAmong = async (typed: readonly string[]): Promise<QuickQuestion | undefined> => {
	if (!typed.some(mayAsk)) return undefined;
	const {parseWords} = await import('./parse-arguments.ts');
	const {allCommandNames, commandNamed} = await import('./commands.ts');
	try {
		const {words, answer} = parseWords(typed);
		if (answer !== undefined) return answer === 'help' ? {help: words} : answer;
		const [command, ...about] = words;
		if (command === 'version' && about.length === 0) return 'version';
		const isPage = about.every((word) => allCommandNames.includes(word) || commandNamed(word));
		return command === 'help' && isPage ? {help: about} : undefined;
	} catch {
		return undefined;
	}
};

const asked = async (words: readonly string[]): Promise<QuickQuestion | undefined> => {
	if (words.includes('--help') || words.includes('-h')) return {help: words};
	return words.includes('--version') || words.includes('-V') ? 'version' : askedAmong(words);
};

/** The version, or a page of help, as text or as the one JSON document; undefined if something else was asked for. */
export const quickAnswer = async (
	words: readonly string[],
	{version, columns = 80}: QuickContext,
): Promise<string | undefined> => {
	const wanted = await asked(words);
	if (wanted === undefined) return undefined;
	const json = (outcome: string, told: Readonly<Record<string, string>>): string =>
		jsonText({schema: documentSchema, outcome, changed: false, ...told});
	const isJson = words.includes('--json');
	if (wanted === 'version') return isJson ? json('version', {version}) : `${version}\n`;
	const {commandAmong, helpPage} = await import('./help.ts');
	const text = helpPage(commandAmong(wanted.help), Math.min(columns, maxColumns));
	return isJson ? json('help', {text}) : text;
};
