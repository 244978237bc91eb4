import {managerKindOn} from '../../platform/service-manager/registry.ts';
import type {Platform, Facts} from '../../platform/facts.ts';
import type {Saved, Existing} from '../../platform/installed/situation.ts';
import {ownFolders, filesOf} from '../../platform/installed/our-files.ts';
import type {System} from '../../platform/system.ts';
import {findNix, findVira, foundOn} from '../../platform/vira/find-installed.ts';
import {defaultSettings, withGiven, type Given, type Settings} from '../../settings/options.ts';
import {problemsOf} from '../../settings/rules.ts';
import type {Problem} from '../../settings/problem.ts';
import {loadSettings} from './load.ts';
import {hashOf} from '../../platform/installed/receipt.ts';

/** What a run would set up, for commands that only show it. */
export interface CurrentSettings {
	readonly settings: Settings;
	/** The defaults, without saved or given settings. */
	readonly defaults: Settings;
	readonly saved: Saved | undefined;
	/** The platform whose rules apply to the settings. */
	readonly platform: Platform;
	/** What a setup would reject, except that this machine has no Vira: another may have one. */
	readonly problems: readonly Problem[];
}

/** The saved settings, with the given options, weakest source first. Only reads. */
export const currentSettings = async (system: System, given: readonly Given[]): Promise<CurrentSettings> => {
	const [saved, vira, nix] = await Promise.all([
		loadSettings(system, ownFolders(system)),
		findVira(system),
		findNix(system),
	]);
	const defaults = defaultSettings(foundOn({vira, nix}));
	const settings = withGiven(defaults, saved?.given ?? new Map(), ...given);
	const platform = (await managerKindOn(system))?.platform ?? 'linux';
	const problems = problemsOf(settings, platform).filter(
		({option}) => option !== 'package' || settings.package !== '',
	);
	return {settings, defaults, saved, platform, problems};
};

/** Whether the settings file was edited since it was applied. */
export const isEdited = (facts: Facts, {receipt, files}: Existing): boolean => {
	const path = filesOf(facts).settings;
	return receipt?.files[path] !== hashOf(files.get(path)?.content ?? '');
};
