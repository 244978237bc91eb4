import type {Receipt, StatePlace} from '../installed/receipt.ts';

type Known = Pick<Receipt, 'stateFolder' | 'states'> | undefined;

/** All state folders that were ever used, the current one last. */
export const statePlacesIn = (receipt: Known): readonly StatePlace[] => {
	const {stateFolder, states = []} = receipt ?? {};
	const isListed = stateFolder === undefined || states.some(({path}) => path === stateFolder);
	return isListed ? states : [...states, {path: stateFolder, theirs: []}];
};

/** With this folder as the current one; its foreign names are recorded when it is first used, not later. */
export const statePlacesWith = (receipt: Known, taken: StatePlace): readonly StatePlace[] => {
	const known = statePlacesIn(receipt);
	const before = known.find(({path}) => path === taken.path);
	return [...known.filter((place) => place !== before), before ?? taken];
};
