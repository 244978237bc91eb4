import {folded} from '../folded.ts';
import {toned} from '../toned.ts';

interface Look {
	readonly colour: boolean;
	/** Written as a hyperlink wherever it stands on a line of its own. */
	readonly url: string | undefined;
	readonly hyperlinks: boolean;
	/** Of the terminal: what is set in may be a command to copy, and is left whole; the rest is divided between words. */
	readonly columns: number;
}

/** OSC 8, "Hyperlinks in Terminal Emulators": the address stays readable where it is not understood. */
const linked = (line: string, url: string): string =>
	line.replace(url, `\u001B]8;;${url}\u001B\\${url}\u001B]8;;\u001B\\`);

/** The last lines of a run as the terminal shows them, for good. */
export const finalWords = (lines: readonly string[], {colour, url, hyperlinks, columns}: Look): string => {
	const fitted = lines.flatMap((line) => (line.startsWith(' ') ? [line] : folded(line, columns)));
	const shown = fitted.map((line) =>
		url !== undefined && hyperlinks && line.trim() === url ? linked(line, url) : toned(line, colour),
	);
	return `${shown.join('\n')}\n`;
};
