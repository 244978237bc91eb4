import {
	choosing,
	continues,
	goesBack,
	hint,
	interrupt,
	paging,
	quit,
	scrolling,
	type Binding,
} from '../../binding.ts';
import type {WizardState} from '../../wizard-model.ts';
import {fixable} from '../../../form/builds.ts';

/** Shows what is known of builds, where letters are commands. The line about builds names the key. */
export const showsBuilds: Binding = {keys: ['b'], event: {type: 'builds-opened'}};

export const buildsKeys = ({builds, size}: WizardState): readonly Binding[] => [
	...(fixable(builds).length > 0 ? [...choosing, continues('add')] : scrolling),
	...paging(size),
	{keys: ['r'], event: {type: 'builds-again'}, ...hint('r', 'check again')},
	{...goesBack({type: 'went-back'}), keys: ['escape', 'b']},
	quit,
	interrupt,
];
