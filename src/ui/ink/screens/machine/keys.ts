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
import {showsBuilds} from '../builds/keys.ts';
import {answersOf} from './state.ts';

export const refuseKeys = ({size}: WizardState): readonly Binding[] => [
	...choosing,
	...paging(size),
	continues('continue'),
	quit,
	interrupt,
];

export const machineKeys = ({asked, size}: WizardState): readonly Binding[] => {
	const choices = asked !== undefined && answersOf(asked).length > 0;
	const why = asked?.advice.some(({level}) => level !== 'ok');
	return [
		...(choices ? choosing : scrolling),
		...paging(size),
		continues('continue'),
		...(why ? [{keys: ['?'], event: {type: 'explained'}, ...hint('?', 'more')} as const] : []),
		showsBuilds,
		...(asked?.canGoBack ? [goesBack({type: 'went-back'})] : []),
		quit,
		interrupt,
	];
};
