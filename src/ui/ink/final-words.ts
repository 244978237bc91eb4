import {wrapSentence} from '../printable.ts';
import {toned} from '../colour.ts';

interface Look {
	readonly colour: boolean;
	/** Written as a hyperlink when it is on a line of its own. */
	readonly url: string | undefined;
	readonly hyperlinks: boolean;
	/** Of the terminal. Indented lines may be commands to copy and are never wrapped; other lines wrap between words. */
	readonly columns: number;
}

/** OSC 8, "Hyperlinks in Terminal Emulators": terminals without it show the address. */
const linked = (line: string, url: string): string =>
	line.replace(url, `\u001B]8;;${url}\u001B\\${url}\u001B]8;;\u001B\\`);

/** The conclusion of a run as it stays in the terminal. */
export const finalWords = (lines: readonly string[], {colour, url, hyperlinks, columns}: Look): string => {
	const fitted = lines.flatMap((line) => (line.startsWith(' ') ? [line] : wrapSentence(line, columns)));
	const shown = fitted.map((line) =>
		url !== undefined && hyperlinks && line.trim() === url ? linked(line, url) : toned(line, colour),
	);
	return `${shown.join('\n')}\n`;
};
