import {documentSchema, jsonText} from '../ui/scripted/json-text.ts';

/** What the answer depends on, in addition to the words. */
interface Around {
	readonly version: string;
	/** Width of the terminal; undefined if there is none. */
	readonly columns: number | undefined;
}

/** Wider, a line is hard to read. */
const maxColumns = 100;

const pageFor = async (words: readonly string[], columns: number | undefined): Promise<string> => {
	const {helpPage, verbAmong} = await import('./help.ts');
	return helpPage(verbAmong(words), Math.min(columns ?? 80, maxColumns));
};

type Asked = 'version' | {readonly help: readonly string[]};

/** `help` and `version` as commands. Errors in the words are left to the program. */
const askedByCommand = async (words: readonly string[]): Promise<Asked | undefined> => {
	if (!words.includes('help') && !words.includes('version')) return undefined;
	const {parseWords} = await import('./parse-arguments.ts');
	const {commandNames} = await import('./commands.ts');
	try {
		const [command, about] = parseWords(words).args;
		if (command === 'version' && about === undefined) return 'version';
		if (command !== 'help' || (about !== undefined && !commandNames.includes(about))) return undefined;
		return {help: about === undefined ? [] : [about]};
	} catch {
		return undefined;
	}
};

const asked = async (words: readonly string[]): Promise<Asked | undefined> => {
	if (words.includes('--help') || words.includes('-h')) return {help: words};
	return words.includes('--version') ? 'version' : askedByCommand(words);
};

/** The version, or a page of help, as text or as the one JSON document; undefined if something else was asked for. */
export const quickAnswer = async (
	words: readonly string[],
	{version, columns}: Around,
): Promise<string | undefined> => {
	const json = (outcome: string, told: Readonly<Record<string, string>>): string =>
		jsonText({schema: documentSchema, outcome, changed: false, ...told});
	const wanted = await asked(words);
	if (wanted === undefined) return undefined;
	if (wanted === 'version') return words.includes('--json') ? json('version', {version}) : `${version}\n`;
	const text = await pageFor(wanted.help, columns);
	return words.includes('--json') ? json('help', {text}) : text;
};
