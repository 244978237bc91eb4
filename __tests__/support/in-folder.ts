import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Rehearsal} from '../../src/platform/rehearsal/rehearsal-linux.ts';

/** Puts a file on the simulated machine's disk as it is, byte by byte. */
export const putBytes = (
	machine: Pick<Rehearsal, 'folder'>,
	path: string,
	{content, mode = 0o600}: {readonly content: string | Uint8Array; readonly mode?: number},
): void => {
	const place = join(machine.folder, path);
	mkdirSync(dirname(place), {recursive: true});
	writeFileSync(place, content);
	chmodSync(place, mode);
};
