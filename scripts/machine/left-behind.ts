import {existsSync} from 'node:fs';

/** Whether a name contains, after the mark, the PID of a process that no longer exists. */
export function isLeftBehind(name: string, mark: string): boolean {
	const [, rest = ''] = name.split(mark);
	const id = /^\d+(?=-)/.exec(rest)?.[0];
	return id !== undefined && !existsSync(`/proc/${id}`);
}
