import {readdirSync, readFileSync} from 'node:fs';
import {afterEach} from '@jest/globals';

const undos: (() => unknown)[] = [];

/** Is done when the test is over, though an assertion fails or never comes: the last one first. */
export const afterTest = (undo: () => unknown): void => void undos.push(undo);

afterEach(async () => {
	for (const undo of undos.splice(0).toReversed()) await undo();
});

const name = 'VIRA_SETUP_TEST';

const holds = (path: string, text: string): boolean => {
	try {
		return readFileSync(path, 'utf8').includes(text);
	} catch {
		// It has ended, or is somebody else's.
		return false;
	}
};

const processesWith = (variable: string): readonly number[] =>
	readdirSync('/proc')
		.filter((pid) => /^\d+$/u.test(pid) && holds(`/proc/${pid}/environ`, variable))
		.map(Number);

const end = (pid: number): void => {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended.
	}
};

let marks = 0;

/**
 * A variable for what a test starts. What has it is killed after the test, and so is all that was started by it, in
 * whatever session.
 */
export const marked = (): Readonly<Record<string, string>> => {
	marks += 1;
	const mark = `${process.pid}.${marks}.`;
	afterTest(() => processesWith(`${name}=${mark}`).forEach(end));
	return {[name]: mark};
};
