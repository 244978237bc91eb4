import {randomUUID} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {afterEach} from '@jest/globals';

const undos: (() => unknown)[] = [];

/** Is done when the test is over, though an assertion fails or never comes: the last one first. */
export const afterTest = (undo: () => unknown): void => void undos.push(undo);

afterEach(async () => {
	for (const undo of undos.splice(0).toReversed()) await undo();
});

const mark = randomUUID();

const isMarked = (pid: string): boolean => {
	try {
		return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
	} catch {
		// It has ended, or is somebody else's.
		return false;
	}
};

const kill = (pid: string): void => {
	try {
		process.kill(Number(pid), 'SIGKILL');
	} catch {
		// It has ended.
	}
};

let isUsed = false;

/**
 * A variable for what a test starts. Whatever has it is killed after the test, and so is all that was started by that,
 * in whatever session. On a Mac, nothing is: there is no /proc.
 */
export const marked = (): Readonly<Record<string, string>> => {
	isUsed = existsSync('/proc/self/environ');
	return {STARTED_BY_TEST: mark};
};

afterEach(() => {
	if (isUsed) readdirSync('/proc').filter(isMarked).forEach(kill);
	isUsed = false;
});
