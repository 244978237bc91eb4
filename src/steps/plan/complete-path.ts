import type {System} from '../../platform/system.ts';
import {expandHome} from '../../settings/value.ts';

/** Full paths that begin with what is typed, in the same notation; folders end with `/`. Reads only. */
export type CompletePath = (typed: string) => Promise<readonly string[]>;

/** With more names than this, it is not checked whether each is a folder. */
const readable = 200;

/** Empty if the folder cannot be read: the check of the option reports why. */
const readNames = async (system: System, folder: string): Promise<readonly string[]> => {
	try {
		return (await system.list(folder)) ?? [];
	} catch {
		return [];
	}
};

const leadsToFolder = async (system: System, path: string): Promise<boolean> => {
	try {
		return (await system.inspect(path))?.leadsTo === 'folder';
	} catch {
		return false;
	}
};

export const pathCompleter =
	(system: System): CompletePath =>
	async (typed) => {
		if (typed === '~') return ['~/'];
		const divide = typed.lastIndexOf('/') + 1;
		const [folder, begun] = [typed.slice(0, divide), typed.slice(divide)];
		if (!/^(?:\/|~\/)/u.test(folder)) return [];
		const at = expandHome(folder, system.user.home);
		const names = await readNames(system, at);
		const fitting = names
			// Hidden files are shown only if the name begins with a dot.
			.filter((name) => name.startsWith(begun) && (begun !== '' || !name.startsWith('.')))
			.toSorted();
		if (fitting.length > readable) return fitting.map((name) => folder + name);
		const isFolder = await Promise.all(fitting.map((name) => leadsToFolder(system, at + name)));
		return fitting.map((name, index) => `${folder}${name}${isFolder[index] ? '/' : ''}`);
	};
