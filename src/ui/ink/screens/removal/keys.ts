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

const switching: Binding = {
	keys: [' ', 'left', 'right'],
	event: {type: 'switched'},
	...hint('space', 'toggle'),
};

export const removalKeys = ({size, removal}: WizardState, sure: boolean): readonly Binding[] => {
	if (sure)
		return [
			...scrolling,
			...paging(size),
			{keys: ['y'], event: {type: 'confirmed'}, ...hint('y', 'delete')},
			goesBack({type: 'went-back'}),
			quit,
			interrupt,
		];
	const {canGoBack = false, dryRun = false} = removal?.question ?? {};
	const count = removal?.proposal.preview.decisions.length ?? 0;
	return [
		...(count > 0 ? [...(count > 1 ? choosing : []), switching] : scrolling),
		...paging(size),
		continues(dryRun ? 'done' : 'remove'),
		...(canGoBack ? [goesBack({type: 'went-back'})] : []),
		quit,
		interrupt,
	];
};
