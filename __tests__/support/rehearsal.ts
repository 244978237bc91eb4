import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll} from '@jest/globals';
import type {MachineState} from '../../src/platform/rehearsal/machine-state.ts';
import {rehearsalLinux, type Rehearsal} from '../../src/platform/rehearsal/rehearsal-linux.ts';
import {stageFiles} from '../../src/platform/stage-files.ts';

const folders: string[] = [];

afterAll(() => {
	for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

export const newFolder = (parent = tmpdir()): string => {
	const folder = mkdtempSync(join(parent, 'rehearsal-'));
	folders.push(folder);
	return folder;
};

/** A file system in memory, where there is one: the built program flushes what it writes, which a disk takes long for. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The machine in the folder, as another process would find it. */
export const machineIn = (folder: string, state: Partial<MachineState> = {}): Promise<Rehearsal> =>
	rehearsalLinux({files: stageFiles, folder, pace: 'instant', state});

/** A simulated machine of the test's own, removed after the tests. */
export const rehearse = (state: Partial<MachineState> = {}): Promise<Rehearsal> =>
	machineIn(newFolder(), state);
