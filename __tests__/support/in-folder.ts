import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Rehearsal} from '../../src/platform/rehearsal/rehearsal-linux.ts';
import {parseReceipt} from '../../src/steps/receipt.ts';

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

/** Gives every file that vira-setup has written on the machine another mode than it was written with. */
export const changeModes = async (
	machine: Pick<Rehearsal, 'folder' | 'readFile' | 'user'>,
	mode = 0o640,
): Promise<void> => {
	const receiptPath = `${machine.user.home}/.local/state/vira-setup/receipt.json`;
	const receipt = parseReceipt((await machine.readFile(receiptPath)) ?? '');
	for (const path of [receiptPath, ...Object.keys(receipt?.files ?? {})])
		chmodSync(join(machine.folder, path), mode);
};
