import type {Output} from '../output.ts';
import type {Document} from '../scripted/document.ts';
import {toned} from '../toned.ts';

/** What a verb ends with: in lines for a person, and as the one document that --json prints. */
export interface Told {
	readonly lines: readonly string[];
	readonly document: Document;
}

const rehearsed = ['', 'It was a rehearsal: nothing was changed on this machine.'];

/** Prints the result of a verb. */
export const tell = (
	{lines, document}: Told,
	{print, colour}: Output,
	{json, rehearsal}: {readonly json: boolean; readonly rehearsal: boolean},
): void => {
	const shown = [...lines, ...(rehearsal ? rehearsed : [])].map((line) => `${toned(line, colour.print)}\n`);
	print(json ? `${JSON.stringify(document, undefined, 2)}\n` : shown.join(''));
};
