import {Chalk, type ChalkInstance} from 'chalk';

interface Look {
	readonly colour: boolean;
	/** Written as a hyperlink wherever it stands on a line of its own. */
	readonly url: string | undefined;
	readonly hyperlinks: boolean;
}

const toned = (line: string, chalk: ChalkInstance): string => {
	const tones = {'✔': chalk.green, '!': chalk.yellow, '✖': chalk.red};
	const [, indent = '', mark = '', rest = ''] = /^(\s*)([✔!✖])( .*)$/u.exec(line) ?? [];
	return mark === '' ? line : indent + tones[mark as keyof typeof tones](mark) + rest;
};

/** OSC 8, "Hyperlinks in Terminal Emulators": the address stays readable where it is not understood. */
const linked = (line: string, url: string): string =>
	line.replace(url, `\u001B]8;;${url}\u001B\\${url}\u001B]8;;\u001B\\`);

/** The last lines of a run as the terminal shows them, for good. */
export const finalWords = (lines: readonly string[], {colour, url, hyperlinks}: Look): string => {
	const chalk = new Chalk({level: colour ? 1 : 0});
	const shown = lines.map((line) =>
		url !== undefined && hyperlinks && line.trim() === url ? linked(line, url) : toned(line, chalk),
	);
	return `${shown.join('\n')}\n`;
};
