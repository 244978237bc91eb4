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
