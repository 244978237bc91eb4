import {asPrograms, type Machine} from '../machine.ts';
import type {RunResult} from '../../platform/system.ts';
import {failed, output, type Following} from '../result.ts';
import {commandNotFound} from '../command-words.ts';

interface TailWords {
	/** How many lines or bytes from the end; with a plus sign, the first line to show. */
	readonly count: string;
	readonly of: 'lines' | 'bytes';
	/** Whether it follows the file by name, even if it does not exist. */
	readonly follows: boolean;
	readonly path: string;
}

const readWords = (command: readonly string[]): TailWords => {
	const [, flag, count, ...rest] = command;
	const follows = rest[0] === '-F';
	const [path, ...others] = follows ? rest.slice(1) : rest;
	const known = flag === '-c' ? /^\d+$/u : /^\+?\d+$/u;
	if ((flag !== '-n' && flag !== '-c') || !known.test(count ?? '')) throw commandNotFound(command);
	if (count === undefined || path === undefined || others.length > 0) throw commandNotFound(command);
	return {count, of: flag === '-c' ? 'bytes' : 'lines', follows, path};
};

const lastLinesOf = (text: string, count: string): string =>
	lastOf(text.replace(/\n$/u, '').split('\n'), count).join('\n');

const lastBytesOf = (text: string, count: string): string =>
	Buffer.from(text).subarray(-Number(count)).toString();

const lastOf = (lines: readonly string[], count: string): readonly string[] => {
	if (count.startsWith('+')) return lines.slice(Math.max(0, Number(count) - 1));
	return count === '0' ? [] : lines.slice(-Number(count));
};

/** tail(1): the last lines or bytes of a file. With -F, it waits for a file that does not exist. */
export const tail = async ({files}: Machine, command: readonly string[]): Promise<RunResult> => {
	const {count, of, follows, path} = readWords(command);
	if ((await files.inspect(path))?.leadsTo === 'folder') return failed(`tail: ${path}: Is a directory`);
	const text = await files.readFile(path, asPrograms);
	if (text === undefined) return follows ? output('') : failed(`tail: ${path}: No such file or directory`);
	return output((of === 'bytes' ? lastBytesOf : lastLinesOf)(text, count));
};

/** The further output of `tail -F`. A file that has become shorter counts as a new one. */
export const followFile = async (
	{files}: Machine,
	command: readonly string[],
): Promise<Following | undefined> => {
	const {follows, path} = readWords(command);
	if (!follows) return undefined;
	let seen = ((await files.readFile(path, asPrograms)) ?? '').length;
	return async (machine) => {
		const text = (await machine.files.readFile(path, asPrograms)) ?? '';
		const added = text.slice(text.length < seen ? 0 : seen);
		seen = text.length;
		return added;
	};
};
