import {stateFolderOf} from '../../platform/service.ts';
import {look, namesIn} from '../place.ts';
import {isOfVira, holdsState} from '../state-names.ts';
import {statePlacesIn} from '../state-places.ts';
import {nothing, type Remarks, type Subject} from './check.ts';

/**
 * The names in a folder that is to become Vira's for its state, which Vira gives as well: without a state beside them
 * they are somebody else's. Once the folder is taken, they say nothing any more.
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

/** A Vira does not ask whose they are. */
export const remarkOnTheirs = (theirs: readonly string[], {settings, facts}: Subject): Remarks => {
	if (theirs.length === 0) return nothing;
	const folder = stateFolderOf(settings, facts);
	const message = `${folder} holds ${theirs.join(', ')}, and no state of Vira's: Vira gives its own folders such names, and would write into what is there.`;
	const fixes = [`Use a folder of its own, such as ${folder}/vira.`];
	return {problems: [], warnings: [{code: 'state-shared', option: 'stateDir', message, fixes}]};
};
