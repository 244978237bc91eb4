import {unwanted, unwantedAnywhere, type Unwanted} from './unwanted.ts';
import {linesIn, sentencesIn, stringsIn, type Text} from './texts-in.ts';

/** Where a phrase stands that must not come back. */
export interface Found extends Text {
	readonly phrase: string;
	readonly better: string;
}

const isSource = (path: string): boolean => /\.tsx?$/u.test(path);

const matches = (texts: readonly Text[], phrases: readonly Unwanted[]): readonly Found[] =>
	texts.flatMap(({text, line}) =>
		phrases.flatMap(({phrase, better}) => {
			const match = phrase.exec(text);
			if (match === null) return [];
			const linesBefore = text.slice(0, match.index).split('\n').length - 1;
			return [{text, line: line + linesBefore, phrase: match[0], better}];
		}),
	);

/** `path` is from the root of the project; its ending says how the content is read. */
export const findUnwanted = (path: string, content: string): readonly Found[] => {
	const lines = linesIn(content);
	return [
		...matches(isSource(path) ? stringsIn(path, content) : sentencesIn(content), unwanted),
		// Names and comments of the code as well: a word that is gone from them is not copied into a text.
		...matches(lines, unwantedAnywhere),
	].toSorted((one, other) => one.line - other.line);
};

/** The fewest words of a text that has to be written in one place. */
const fewestWords = 4;

/** A command may stand in several places: it is the other program's text. */
const isCommand = (text: string): boolean =>
	/^(?:sudo|systemctl|loginctl|launchctl|journalctl|vira-setup|vira|nix|nix-store)\b/u.test(text);

const isSentence = (text: string): boolean =>
	(text.match(/\p{L}{2,}/gu) ?? []).length >= fewestWords && !/[=$`/]/u.test(text) && !isCommand(text);

/** Texts of four words or more that stand in several places of the sources, with each place. */
export const findRepeated = (
	sources: readonly (readonly [path: string, content: string])[],
): readonly {readonly text: string; readonly places: readonly string[]}[] => {
	const places = new Map<string, string[]>();
	for (const [path, content] of sources)
		for (const {text, line} of stringsIn(path, content)) {
			const sentence = text.trim();
			if (!isSentence(sentence)) continue;
			const known = places.get(sentence) ?? [];
			known.push(`${path}:${line}`);
			places.set(sentence, known);
		}
	return [...places].filter(([, all]) => all.length > 1).map(([text, all]) => ({text, places: all}));
};
