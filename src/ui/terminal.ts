import {Chalk} from 'chalk';

const marked = /^(\s*)([✔!✖])( .*)$/u;

/** A line with its mark in color; the mark means the same without it. */
export const toned = (line: string, colour: boolean): string => {
	const chalk = new Chalk({level: colour ? 1 : 0});
	const tones = {'✔': chalk.green, '!': chalk.yellow, '✖': chalk.red};
	const [, indent = '', mark = '', rest = ''] = marked.exec(line) ?? [];
	return mark === '' ? line : indent + tones[mark as keyof typeof tones](mark) + rest;
};

/**
 * Whether output to a stream may have colors. FORCE_COLOR decides first (https://force-color.org; `0` and
 * `false` turn them off, as chalk has it), then NO_COLOR (https://no-color.org), then the terminal, if it is one.
 */
export const wantsColour = (
	environment: Readonly<Record<string, string | undefined>>,
	isTerminal: boolean,
): boolean => {
	const forced = environment['FORCE_COLOR'] ?? '';
	if (forced !== '') return forced !== '0' && forced !== 'false';
	return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
};

interface Terminal {
	readonly stdin: {readonly setRawMode?: unknown};
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A terminal does not report whether a screen reader is running. INK_SCREEN_READER is the variable of Ink, ACCESSIBLE
 * that of other interactive programs (huh, gum).
 */
const hasScreenReader = ({environment}: Terminal): boolean =>
	environment['INK_SCREEN_READER'] === 'true' ||
	!['', '0', 'false'].includes(environment['ACCESSIBLE'] ?? '');

/** Whether the terminal delivers single keys and can move the cursor. */
export const hasRawMode = ({stdin, environment}: Terminal): boolean =>
	environment['TERM'] !== 'dumb' && typeof stdin.setRawMode === 'function';

/** Whether the terminal cannot show a screen that is redrawn. */
export const needsLines = (terminal: Terminal): boolean => !hasRawMode(terminal) || hasScreenReader(terminal);
