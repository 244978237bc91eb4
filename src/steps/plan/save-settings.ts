import {
	doesNotExist,
	findExisting,
	isFolderNotFile,
	whyNoFolder,
	type ExistingPath,
} from '../../platform/paths.ts';
import {machineFailure} from '../../platform/run-result.ts';
import type {System} from '../../platform/system.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {formatSettingsFile} from '../../settings/settings-file.ts';
import type {Settings} from '../../settings/options.ts';
import {expandHome} from '../../settings/value.ts';

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
