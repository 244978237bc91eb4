import {toned} from '../toned.ts';

interface Look {
	readonly colour: boolean;
	/** Written as a hyperlink wherever it stands on a line of its own. */
	readonly url: string | undefined;
	readonly hyperlinks: boolean;
}

/** OSC 8, "Hyperlinks in Terminal Emulators": the address stays readable where it is not understood. */
const linked = (line: string, url: string): string =>
	line.replace(url, `\u001B]8;;${url}\u001B\\${url}\u001B]8;;\u001B\\`);

/** The last lines of a run as the terminal shows them, for good. */
export const finalWords = (lines: readonly string[], {colour, url, hyperlinks}: Look): string => {
	const shown = lines.map((line) =>
		url !== undefined && hyperlinks && line.trim() === url ? linked(line, url) : toned(line, colour),
	);
	return `${shown.join('\n')}\n`;
};
