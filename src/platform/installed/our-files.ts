import {exitCode, SetupError} from '../../errors.ts';
import type {Facts} from '../facts.ts';
import type {Folders} from '../machine-facts.ts';
import {cleanPath} from '../paths.ts';
import {initialStatePath} from '../service.ts';
import type {System} from '../system.ts';

/** Node replaces bytes that are not UTF-8 with U+FFFD, so another path would be written to. */
export const demandText = (name: string, path: string): string => {
	if (!path.includes('\uFFFD')) return path;
	throw new SetupError({
		message: `${name} is not UTF-8 text: ${path}`,
		detail: 'vira-setup cannot use such a path.',
		exit: exitCode.unsuitable,
	});
};

/** XDG Base Directory Specification: relative and empty paths in a variable are ignored. */
const baseFolder = (system: System, variable: string, fallback: string): string => {
	const given = system.environment[variable];
	if (given?.startsWith('/')) return cleanPath(demandText(variable, given));
	return `${demandText('Your home folder', system.user.home)}/${fallback}`;
};

/** Where programs keep state of this user. */
export const stateHome = (system: System): string => baseFolder(system, 'XDG_STATE_HOME', '.local/state');

/** Where vira-setup keeps its own files. */
export const ownFolders = (system: System): Pick<Folders, 'config' | 'state'> => ({
	config: `${baseFolder(system, 'XDG_CONFIG_HOME', '.config')}/vira-setup`,
	state: `${stateHome(system)}/vira-setup`,
});

/** Files that record a run. */
export const memoryIn = ({config, state}: Pick<Folders, 'config' | 'state'>) =>
	({receipt: `${state}/receipt.json`, settings: `${config}/settings.json`}) as const;

/** Every file that vira-setup writes; those of the service are in the facts. */
export const filesOf = (facts: Facts) =>
	({
		...memoryIn(facts.folders),
		initialState: initialStatePath(facts),
		/** The text that root is about to install: left over only if a run is killed at that moment. */
		staged: `${facts.folders.state}/staged`,
	}) as const;
