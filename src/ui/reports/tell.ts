import {jsonText} from '../scripted/json-text.ts';
import type {Document} from '../scripted/document.ts';
import {type Output, toned} from '../output.ts';
import {wrapSentence} from '../text.ts';
import {simulationOnly} from '../words/phrases.ts';

/** The result of a command: lines for a person, and the document that --json prints. */
interface Told {
	readonly lines: readonly string[];
	readonly document: Document;
}

const simulated = ['', simulationOnly];

/** An indented line may be a command to copy, so it is not folded. */
const fitted = (line: string, columns: number | undefined): readonly string[] =>
	columns === undefined || line.startsWith(' ') ? [line] : wrapSentence(line, columns);

/** Prints the result of a command. */
export const tell = (
	{lines, document}: Told,
	{print, colour, columns}: Output,
	{json, simulation}: {readonly json: boolean; readonly simulation: boolean},
): void => {
	const shown = [...lines, ...(simulation ? simulated : [])]
		.flatMap((line) => fitted(line, columns))
		.map((line) => `${toned(line, colour.print)}\n`);
	print(json ? jsonText(document) : shown.join(''));
};
