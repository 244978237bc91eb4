import {hint, interruptShown, paging, scrolling, type Binding} from '../../binding.ts';
import type {WizardState} from '../../wizard-model.ts';

/** While something runs the person can only watch or stop it; to ask once is enough. */
export const watchingKeys = ({size, quit}: WizardState): readonly Binding[] => [
	...scrolling.map(({keys, event}) => ({keys, event})),
	...paging(size),
	...(quit ? [] : [interruptShown]),
];

export const installKeys = (state: WizardState): readonly Binding[] => [
	{
		keys: ['v'],
		event: {type: 'detailed'},
		...hint('v', state.install.detailed ? 'hide details' : 'show details'),
	},
	...watchingKeys(state),
];
