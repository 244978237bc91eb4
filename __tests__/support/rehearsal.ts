import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll} from '@jest/globals';
import type {MachineState} from '../../src/platform/rehearsal/machine-state.ts';
import {rehearsalLinux, type Rehearsal} from '../../src/platform/rehearsal/rehearsal-linux.ts';
import {fileAccess} from './file-access.ts';

const folders: string[] = [];

afterAll(() => {
	for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

export const newFolder = (): string => {
	const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
	folders.push(folder);
	return folder;
};

/** The machine in the folder, as another process would find it. */
export const machineIn = (folder: string, state: Partial<MachineState> = {}): Promise<Rehearsal> =>
	rehearsalLinux({files: fileAccess, folder, pace: 'instant', state});

/** A simulated machine of the test's own, removed after the tests. */
export const rehearse = (state: Partial<MachineState> = {}): Promise<Rehearsal> =>
	machineIn(newFolder(), state);
