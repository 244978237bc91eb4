import type {System} from '../../platform/system.ts';
import {expandHome} from '../../settings/value.ts';
import {
	doesNotExist,
	findExisting,
	isFolderNotFile,
	whyNoFolder,
	type ExistingPath,
} from '../../platform/paths.ts';
import {machineFailure} from '../../platform/run-result.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {formatSettingsFile} from '../../settings/settings-file.ts';
import type {Settings} from '../../settings/options.ts';

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

/** The full path of the new file, or why it was not written, in a sentence. */
export type SaveResult = {readonly path: string} | {readonly problem: string};

/** Saves settings to a new file for `--config`, which only its owner can read. Sets up nothing. */
export interface SettingsSaver {
	/** A path in the home folder that does not exist yet, with `~`. */
	readonly freePath: () => Promise<string>;
	/** Never replaces anything. The path may begin with `~/`. */
	readonly save: (settings: Settings, typed: string) => Promise<SaveResult>;
}

const whyNotThere = async (system: System, existing: ExistingPath): Promise<string | undefined> => {
	const {nearest, found, missing} = existing;
	if (missing.length === 0)
		return found.leadsTo === 'folder'
			? isFolderNotFile(nearest)
			: `${nearest} exists already. Choose another name.`;
	const [missingFolder = '', file] = missing;
	return (
		(await whyNoFolder(system, existing)) ??
		(file === undefined ? undefined : `${doesNotExist(missingFolder)} Create it, or use another folder.`)
	);
};

const write = async (system: System, path: string, content: string): Promise<SaveResult> => {
	const problem = await whyNotThere(system, await findExisting(system, path));
	if (problem !== undefined) return {problem};
	await system.writeFile(path, content, 0o600);
	return {path};
};

export const settingsSaver = (system: System, {saved}: Pick<Existing, 'saved'>): SettingsSaver => ({
	freePath: async () => {
		for (let number = 1; ; number += 1) {
			const path = `~/vira-settings${number === 1 ? '' : `-${number}`}.json`;
			if ((await system.inspect(expandHome(path, system.user.home))) === undefined) return path;
		}
	},
	save: async (settings, typed) => {
		const path = expandHome(typed.trim(), system.user.home);
		if (!path.startsWith('/')) return {problem: 'The path must begin with / or ~/.'};
		try {
			return await write(system, path, formatSettingsFile(settings, saved?.unknown));
		} catch (error) {
			const failure = machineFailure(error);
			if (failure) return {problem: failure.message};
			throw error;
		}
	},
});
