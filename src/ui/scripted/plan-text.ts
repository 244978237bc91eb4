import type {Preview} from '../../steps/plan/preview.ts';
import {commandText} from '../../platform/command-text.ts';
import {printable} from '../printable.ts';

const marks = {same: ' ', added: '+', removed: '-'} as const;

/** A preview as plain lines: every file as a diff, then the commands in order. */
export const planText = ({files, moves, commands}: Preview): readonly string[] => [
	...files.flatMap(({path, mode, change, lines, why}) => [
		`${printable(path)}   ${change}, mode ${mode}`,
		...(lines.length === 0 ? [`    ${printable(why)}`] : []),
		...lines.map(({mark, text}) => `  ${marks[mark]} ${printable(text)}`),
		'',
	]),
	...moves.map(([from, to]) => `${printable(from)} → ${printable(to)}`),
	...commands.map(({command, why}) => printable(`$ ${commandText(command)}   # ${why}`)),
	...(commands.length > 0 ? [''] : []),
];
