import {accessSync, constants, statSync} from 'node:fs';
import {basename, delimiter, join} from 'node:path';
import {describe, test} from '@jest/globals';

const isExecutable = (path: string): boolean => {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		// It does not exist, or its folder is not accessible.
		return false;
	}
};

/** Whether a program, by its name or path, can run on this machine. */
export const isInstalled = (program: string): boolean =>
	program.includes('/')
		? isExecutable(program)
		: (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));

const skipped = (title: string, why: string): string => `${title} (skipped: ${why})`;

const notInstalled = (program: string): string => `${basename(program)} is not installed`;

type Add = (title: string, run: () => void | Promise<void>) => void;

/** `test` if the machine has what it needs; if not, the test is skipped, and its title says why. */
export const testWhere =
	(holds: boolean, why: string): Add =>
	(title, run) =>
		holds ? test(title, run) : test.skip(skipped(title, why), run);

/** The same for a program that has to be installed. */
export const testWith = (program: string): Add => testWhere(isInstalled(program), notInstalled(program));

/** `describe` for tests that run code of their own in the program first, which only Node lets them do. */
export const describeOnNode = (title: string, define: () => void): void =>
	process.env['VIRA_SETUP_PROGRAM'] === undefined
		? describe(title, define)
		: describe.skip(skipped(title, 'needs the build for Node'), define);

/** The same for a program that has to be installed. */
export const describeWith =
	(program: string): ((title: string, define: () => void) => void) =>
	(title, define) =>
		isInstalled(program)
			? describe(title, define)
			: describe.skip(skipped(title, notInstalled(program)), define);
