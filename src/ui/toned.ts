import {Chalk} from 'chalk';

const marked = /^(\s*)([✔!✖])( .*)$/u;

/** A line with its mark in color; the mark means the same without it. */
export const toned = (line: string, colour: boolean): string => {
	const chalk = new Chalk({level: colour ? 1 : 0});
	const tones = {'✔': chalk.green, '!': chalk.yellow, '✖': chalk.red};
	const [, indent = '', mark = '', rest = ''] = marked.exec(line) ?? [];
	return mark === '' ? line : indent + tones[mark as keyof typeof tones](mark) + rest;
};
