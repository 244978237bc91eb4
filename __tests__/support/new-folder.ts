import {existsSync, mkdtempSync, rmSync, statfsSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll} from '@jest/globals';

/**
 * Where the built program finds a simulated machine: in memory if there is space, because a disk is slow with its many
 * small files. A container often has 64 MiB there, which is too little.
 */
const parentFolder = (): string => {
	const {bavail = 0, bsize = 0} = existsSync('/dev/shm') ? statfsSync('/dev/shm') : {};
	return bavail * bsize > 2 ** 30 ? '/dev/shm' : tmpdir();
};

const folders: string[] = [];

afterAll(() => {
	for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

/** A folder of the test's own, removed after the tests. */
export const newFolder = (): string => {
	const folder = mkdtempSync(join(parentFolder(), 'simulation-'));
	folders.push(folder);
	return folder;
};
