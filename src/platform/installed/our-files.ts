import type {Facts, Folders} from '../facts.ts';
import {initialStatePath} from '../service.ts';

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
