import {copyFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildStandIn} from '../build-vira.ts';
import type {Behaviour} from './behaviour.ts';

/** A throwaway folder with the built stand-in, for the tests of one file. */
export interface Workshop {
	readonly vira: string;
	readonly newFolder: () => string;
	readonly viraThat: (behaviour: Partial<Behaviour>) => string;
	readonly remove: () => void;
}

export const openWorkshop = async (): Promise<Workshop> => {
	const root = mkdtempSync(join(tmpdir(), 'vira-stand-in-'));
	const newFolder = (): string => mkdtempSync(join(root, 'a-'));
	const vira = await buildStandIn(join(root, 'bin', 'vira'));
	return {
		vira,
		newFolder,
		viraThat: (behaviour) => {
			const copy = join(newFolder(), 'vira');
			copyFileSync(vira, copy);
			writeFileSync(`${copy}.behaviour.json`, JSON.stringify(behaviour));
			return copy;
		},
		remove: () => rmSync(root, {recursive: true}),
	};
};
