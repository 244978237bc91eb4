import {existsSync, mkdtempSync, rmSync, statfsSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {simulationLinux, type Simulation} from '../../src/simulator/linux/simulation-linux.ts';
import {filesOf, folderInMemory} from './disks.ts';

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
	const folder = mkdtempSync(join(parentFolder(), 'rehearsal-'));
	folders.push(folder);
	return folder;
};

/** The machine in the folder, as another process would find it. */
export const machineIn = (folder: string, state: Partial<MachineState> = {}): Promise<Simulation> =>
	simulationLinux({files: filesOf(folder), folder, pace: 'instant', state});

/** A simulated machine of the test's own, in memory. */
export const simulate = (state: Partial<MachineState> = {}): Promise<Simulation> =>
	machineIn(folderInMemory(), state);
