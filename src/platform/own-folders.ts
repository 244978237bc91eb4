import {exitCode, SetupError} from '../errors.ts';
import {cleanPath} from './clean-path.ts';
import type {Folders} from './facts.ts';
import type {System} from './system.ts';

/** Node puts U+FFFD in the place of bytes that are no UTF-8: it is another path that would be written to. */
export const demandText = (name: string, path: string): string => {
	if (!path.includes('\uFFFD')) return path;
	throw new SetupError({
		what: `${name} is not UTF-8 text: ${path}`,
		why: 'vira-setup can name no file there.',
		code: exitCode.unsuitable,
	});
};

/** XDG Base Directory Specification: a relative path in a variable is ignored, and so is an empty one. */
const baseFolder = (system: System, variable: string, fallback: string): string => {
	const given = system.environment[variable];
	if (given?.startsWith('/')) return cleanPath(demandText(variable, given));
	return `${demandText('Your home folder', system.user.home)}/${fallback}`;
};

/** Where programs keep what they remember of this person. */
export const stateHome = (system: System): string => baseFolder(system, 'XDG_STATE_HOME', '.local/state');

/** Where we keep what is ours. */
export const ownFolders = (system: System): Pick<Folders, 'config' | 'state'> => ({
	config: `${baseFolder(system, 'XDG_CONFIG_HOME', '.config')}/vira-setup`,
	state: `${stateHome(system)}/vira-setup`,
});
