import type {Rehearsal} from '../../src/platform/rehearsal/rehearsal-linux.ts';
import {putEntry} from './disks.ts';

/** Puts a file on the simulated machine's disk as it is, byte by byte. */
export const putBytes = (
	{folder}: Pick<Rehearsal, 'folder'>,
	path: string,
	{content, mode = 0o600}: {readonly content: string | Uint8Array; readonly mode?: number},
): void => putEntry(folder, path, {kind: 'file', mode, content});
