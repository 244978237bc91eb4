import {cleanPath} from './clean-path.ts';
import type {Folders} from './facts.ts';
import type {System} from './system.ts';

/** XDG Base Directory Specification: a relative path in a variable is ignored, and so is an empty one. */
const baseFolder = (system: System, variable: string, fallback: string): string => {
	const given = system.environment[variable];
	return given?.startsWith('/') ? cleanPath(given) : `${system.user.home}/${fallback}`;
};

/** Where programs keep what they remember of this person. */
export const stateHome = (system: System): string => baseFolder(system, 'XDG_STATE_HOME', '.local/state');

/** Where we keep what is ours. */
export const ownFolders = (system: System): Pick<Folders, 'config' | 'state'> => ({
	config: `${baseFolder(system, 'XDG_CONFIG_HOME', '.config')}/vira-setup`,
	state: `${stateHome(system)}/vira-setup`,
});
