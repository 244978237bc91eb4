import {goesBack, interrupt, interruptShown, paging, scrolling, type Binding} from '../../binding.ts';
import type {Watched, WizardState} from '../../wizard-model.ts';
import {watchingKeys} from '../install/keys.ts';

/** What only reads can be left at any time; Enter goes on once it has ended. */
export const outputKeys = (state: WizardState, {is, kind}: Watched): readonly Binding[] => {
	if (is === 'running' && kind === 'changes') return watchingKeys(state);
	if (is === 'left') return [interrupt];
	const back = goesBack({type: 'left'});
	return [
		...scrolling,
		...paging(state.size),
		{...back, keys: ['escape', 'q', ...(is === 'ended' ? (['enter'] as const) : [])]},
		interruptShown,
	];
};
