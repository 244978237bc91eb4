import {documentSchema, jsonText} from './json-text.ts';

/** What the answer depends on, beside the words. */
interface Around {
	readonly version: string;
	/** Width of the terminal; undefined where there is none. */
	readonly columns: number | undefined;
}

/** Wider, a line is hard to read. */
const maxColumns = 100;

const pageFor = async (words: readonly string[], columns: number | undefined): Promise<string> => {
	const {helpPage, verbAmong} = await import('./help.ts');
	return helpPage(verbAmong(words), Math.min(columns ?? 80, maxColumns));
};

/** The version, or a page of help, as a text or as the one JSON document; undefined where something else is asked. */
export const quickAnswer = async (
	words: readonly string[],
	{version, columns}: Around,
): Promise<string | undefined> => {
	const json = (outcome: string, told: Readonly<Record<string, string>>): string =>
		jsonText({schema: documentSchema, outcome, changed: false, ...told});
	if (words.includes('--help') || words.includes('-h')) {
		const text = await pageFor(words, columns);
		return words.includes('--json') ? json('help', {text}) : text;
	}
	if (!words.includes('--version')) return undefined;
	return words.includes('--json') ? json('version', {version}) : `${version}\n`;
};
