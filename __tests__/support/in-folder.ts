import type {Simulation} from './simulated-linux.ts';
import {parseReceipt} from '../../src/platform/installed/receipt.ts';
import {entriesIn, putEntry} from './disks.ts';

/** Puts a file on the simulated machine's disk unchanged, byte by byte. */
export const putBytes = (
	{folder}: Pick<Simulation, 'folder'>,
	path: string,
	{content, mode = 0o600}: {readonly content: string | Uint8Array; readonly mode?: number},
): void => putEntry(folder, path, {kind: 'file', mode, content});

/** Changes the mode of every file that vira-setup wrote on the machine. */
export const changeModes = async (
	{folder, readFile, user}: Pick<Simulation, 'folder' | 'readFile' | 'user'>,
	mode = 0o640,
): Promise<void> => {
	const receiptPath = `${user.home}/.local/state/vira-setup/receipt.json`;
	const receipt = parseReceipt((await readFile(receiptPath)) ?? '');
	const paths = [receiptPath, ...Object.keys(receipt?.files ?? {})];
	for (const [path, entry] of entriesIn(folder))
		if (entry.kind === 'file' && paths.includes(path)) putEntry(folder, path, {...entry, mode});
};
