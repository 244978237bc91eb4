import {stateFolderOf} from '../platform/service.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import type {Action, BeginState, ClearState} from './action.ts';
import {namesIn} from './place.ts';
import type {Situation} from './situation.ts';
import {isOfVira} from './state-names.ts';
import {statePlacesIn} from './state-places.ts';

/** For a folder that is there, and that Vira has not used yet: what was taken for it before is Vira's already. */
export const beginStateActions = (
	settings: Settings,
	{facts, existing: {receipt}, site: {missingFolders, hasDatabase}}: Situation,
): readonly Action[] => {
	const path = stateFolderOf(settings, facts);
	const isTaken = statePlacesIn(receipt).some((place) => place.path === path);
	return hasDatabase || isTaken || missingFolders.includes(path)
		? []
		: [{does: 'begin-state', path, why: 'what Vira puts there goes again if it does not start'}];
};

/** Answers with the action and what is in the folder; undefined where that cannot be told, so that nothing of it goes. */
export const beginState = async (action: BeginState, system: System): Promise<Action | undefined> => {
	const names = await namesIn(system, action.path);
	return names === 'hidden' ? undefined : {...action, before: names};
};

/** Deletes what bears a name of Vira's and was not there before. A link is deleted, not followed. */
export const clearState = async ({path, before}: ClearState, system: System): Promise<void> => {
	const names = await namesIn(system, path);
	if (names === 'hidden') return;
	for (const name of names.filter((one) => isOfVira(one) && !before.includes(one))) {
		const found = await system.inspect(`${path}/${name}`);
		if (found?.kind === 'folder') await system.deleteFolder(`${path}/${name}`, {withContents: true});
		else await system.deleteFile(`${path}/${name}`);
	}
};
