import type {System} from '../platform/system.ts';
import {expandHome} from '../settings/expand-home.ts';

/** Whole paths that begin with what is typed, in the way it is typed; folders end with `/`. Reads only. */
export type CompletePath = (typed: string) => Promise<readonly string[]>;

/** Of more than these nobody reads the names; whether each is a folder is not looked at then. */
const readable = 200;

export const pathCompleter =
	(system: System): CompletePath =>
	async (typed) => {
		if (typed === '~') return ['~/'];
		const divide = typed.lastIndexOf('/') + 1;
		const [folder, begun] = [typed.slice(0, divide), typed.slice(divide)];
		if (!/^(?:\/|~\/)/u.test(folder)) return [];
		const at = expandHome(folder, system.user.home);
		const names = await namesIn(system, at);
		const fitting = names
			// What is hidden is shown to whoever asks for it.
			.filter((name) => name.startsWith(begun) && (begun !== '' || !name.startsWith('.')))
			.toSorted();
		if (fitting.length > readable) return fitting.map((name) => folder + name);
		const isFolder = await Promise.all(fitting.map((name) => leadsToFolder(system, at + name)));
		return fitting.map((name, index) => `${folder}${name}${isFolder[index] ? '/' : ''}`);
	};

/** Whatever cannot be looked into has no names: who types the path will be told why. */
const namesIn = async (system: System, folder: string): Promise<readonly string[]> => {
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
