import {unwanted, unwantedAnywhere} from './unwanted.ts';
import {linesIn, stringsIn, type Text} from './texts-in.ts';

/** Where a phrase stands that must not come back. */
export interface Found extends Text {
	readonly phrase: string;
	readonly better: string;
}

const isSource = (path: string): boolean => /\.tsx?$/u.test(path);

/** `path` is from the root of the project; the end of its name says how it is read. */
export const findUnwanted = (path: string, content: string): readonly Found[] => {
	const texts = isSource(path) ? stringsIn(path, content) : linesIn(content);
	const inTexts = texts.flatMap((text) =>
		unwanted.flatMap(({phrase, better}) => {
			const match = phrase.exec(text.text);
			return match ? [{...text, phrase: match[0], better}] : [];
		}),
	);
	// Names and comments of the code as well: a word that is gone from them is not copied into a text.
	const anywhere = linesIn(content).flatMap((text) =>
		unwantedAnywhere.flatMap(({phrase, better}) => {
			const match = phrase.exec(text.text);
			return match ? [{...text, phrase: match[0], better}] : [];
		}),
	);
	return [...inTexts, ...anywhere].toSorted((one, other) => one.line - other.line);
};

/** The fewest words of a text that has to be written in one place. */
const fewestWords = 4;

const isSentence = (text: string): boolean =>
	(text.match(/\p{L}{2,}/gu) ?? []).length >= fewestWords &&
	/^[\p{Lu}\p{Ll}.: ]/u.test(text) &&
	!/[=$`/]/u.test(text);

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
