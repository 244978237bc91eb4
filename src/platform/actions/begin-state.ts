import {stateFolderOf} from '../service.ts';
import type {System} from '../system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action, BeginState, ClearState} from './action.ts';
import {namesIn} from '../place.ts';
import type {Situation} from '../installed/situation.ts';
import {isOfVira} from '../vira/state-names.ts';
import {statePlacesIn} from '../vira/state-places.ts';

/** So that an undo removes only what Vira has added to a folder. */
export const noteContents = 'note its contents, so that an undo removes only what Vira adds';

/** For an existing folder that Vira has not used yet. */
export const beginStateActions = (
	settings: Settings,
	{facts, existing: {receipt}, site: {missingFolders, hasDatabase}}: Situation,
): readonly Action[] => {
	const path = stateFolderOf(settings, facts);
	const isTaken = statePlacesIn(receipt).some((place) => place.path === path);
	return hasDatabase || isTaken || missingFolders.includes(path)
		? []
		: [{does: 'begin-state', path, why: noteContents}];
};

/** Returns the action and the names in the folder; undefined if it cannot be read, so that nothing is deleted. */
export const beginState = async (action: BeginState, system: System): Promise<Action | undefined> => {
	const names = await namesIn(system, action.path);
	return names === 'hidden' ? undefined : {...action, before: names};
};

/** Deletes what has a name that Vira uses and did not exist before. A link is deleted, not followed. */
export const clearState = async ({path, before}: ClearState, system: System): Promise<void> => {
	const names = await namesIn(system, path);
	if (names === 'hidden') return;
	for (const name of names.filter((one) => isOfVira(one) && !before.includes(one))) {
		const found = await system.inspect(`${path}/${name}`);
		if (found?.kind === 'folder') await system.deleteFolder(`${path}/${name}`, {withContents: true});
		else await system.deleteFile(`${path}/${name}`);
	}
};
