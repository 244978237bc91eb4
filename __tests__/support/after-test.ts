import {randomUUID} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {afterEach} from '@jest/globals';

const undos: (() => unknown)[] = [];

/** Runs when the test is over, even if an assertion fails or is never reached: the last one first. */
export const afterTest = (undo: () => unknown): void => void undos.push(undo);

afterEach(async () => {
	for (const undo of undos.splice(0).toReversed()) await undo();
});

const mark = randomUUID();

const isMarked = (pid: string): boolean => {
	try {
		return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
	} catch {
		// It has exited, or belongs to someone else.
		return false;
	}
};

const kill = (pid: string): void => {
	try {
		process.kill(Number(pid), 'SIGKILL');
	} catch {
		// It has exited.
	}
};

let isUsed = false;

/**
 * A variable for programs that a test starts. Each process with it is killed after the test, with its child processes
 * in any session. On a Mac nothing is killed: it has no /proc.
 */
export const marked = (): Readonly<Record<string, string>> => {
	isUsed = existsSync('/proc/self/environ');
	return {STARTED_BY_TEST: mark};
};

afterEach(() => {
	if (isUsed) readdirSync('/proc').filter(isMarked).forEach(kill);
	isUsed = false;
});
