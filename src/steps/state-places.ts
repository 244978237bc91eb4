import type {Receipt, StatePlace} from './receipt.ts';

type Known = Pick<Receipt, 'stateFolder' | 'states'> | undefined;

/** Every folder that has been Vira's for its state, the one that is it now last. */
export const statePlacesIn = (receipt: Known): readonly StatePlace[] => {
	const {stateFolder, states = []} = receipt ?? {};
	const isListed = stateFolder === undefined || states.some(({path}) => path === stateFolder);
	return isListed ? states : [...states, {path: stateFolder, theirs: []}];
};

/** With this folder for the state; what was found in it counts when it is taken, and not what a Vira has put there since. */
export const statePlacesWith = (receipt: Known, taken: StatePlace): readonly StatePlace[] => {
	const known = statePlacesIn(receipt);
	const before = known.find(({path}) => path === taken.path);
	return [...known.filter((place) => place !== before), before ?? taken];
};
