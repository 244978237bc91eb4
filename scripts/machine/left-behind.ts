import {existsSync} from 'node:fs';

/** Whether a name holds, after the mark, the id of a process that is no more. */
export function isLeftBehind(name: string, mark: string): boolean {
	const [, rest = ''] = name.split(mark);
	const id = /^\d+(?=-)/.exec(rest)?.[0];
	return id !== undefined && !existsSync(`/proc/${id}`);
}
