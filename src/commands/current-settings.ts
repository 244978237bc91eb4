import {findNix, findVira, foundOn} from '../platform/vira/find-installed.ts';
import {ownFolders} from '../platform/own-folders.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {loadSettings} from '../steps/load/load.ts';
import type {Saved} from '../platform/installed/situation.ts';
import type {Run} from './run.ts';

/** What a run would set up, for commands that only show it. */
export interface CurrentSettings {
	readonly settings: Settings;
	/** The defaults, without saved or given settings. */
	readonly defaults: Settings;
	readonly saved: Saved | undefined;
}

/** The saved settings, with the given options. Only reads. */
export const currentSettings = async ({
	request,
	system,
}: Pick<Run, 'request' | 'system'>): Promise<CurrentSettings> => {
	const [saved, vira, nix] = await Promise.all([
		loadSettings(system, ownFolders(system)),
		findVira(system),
		findNix(system),
	]);
	const defaults = defaultSettings(foundOn({vira, nix}));
	return {settings: withGiven(defaults, saved?.given ?? new Map(), ...request.given), defaults, saved};
};
