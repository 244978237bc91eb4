import {stateFolderOf} from '../../platform/service.ts';
import {look, namesIn} from '../../platform/place.ts';
import {isOfVira, holdsState} from '../../platform/vira/state-names.ts';
import {statePlacesIn} from '../../platform/vira/state-places.ts';
import {nothing, type Remarks, type Subject} from '../../platform/service-manager/check.ts';

/**
 * Names in a new state folder that Vira uses too: if the folder contains no state yet, they belong to someone else.
 * Once Vira uses the folder, they no longer tell anything.
 */
export const findTheirs = async ({
	system,
	settings,
	facts,
	existing: {receipt},
}: Subject): Promise<readonly string[]> => {
	const folder = stateFolderOf(settings, facts);
	const isTaken =
		statePlacesIn(receipt).some(({path}) => path === folder) || receipt?.folders.includes(folder);
	if (isTaken || (await look(system, folder))?.leadsTo !== 'folder') return [];
	const names = await namesIn(system, folder);
	return names === 'hidden' || holdsState(names) ? [] : names.filter(isOfVira).toSorted();
};

/** Vira does not check whether it created them. */
export const remarkOnTheirs = (theirs: readonly string[], {settings, facts}: Subject): Remarks => {
	if (theirs.length === 0) return nothing;
	const folder = stateFolderOf(settings, facts);
	const message = `${folder} contains ${theirs.join(', ')}, but no Vira state. Vira uses the same names and would write into them.`;
	const fixes = [`Use a separate folder, such as ${folder}/vira.`];
	return {problems: [], warnings: [{code: 'state-shared', option: 'stateDir', message, fixes}]};
};
