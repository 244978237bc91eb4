import {
	choosing,
	continues,
	goesBack,
	hint,
	interrupt,
	paging,
	proceeds,
	quit,
	scrolling,
	type Binding,
} from '../../binding.ts';
import type {Screen, WizardState} from '../../wizard-model.ts';
import {decisionAt} from './state.ts';

type RemovalScreen = Pick<Extract<Screen, {readonly at: 'removal'}>, 'sure' | 'row'>;

const switching: readonly Binding[] = [
	{keys: ['enter'], event: {type: 'switched'}, ...hint('⏎', 'toggle')},
	{keys: [' ', 'left', 'right'], event: {type: 'switched'}},
];

export const removalKeys = ({size, removal}: WizardState, {sure, row}: RemovalScreen): readonly Binding[] => {
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
	const does = dryRun ? 'done' : 'remove';
	const decides = removal !== undefined && removal.proposal.preview.decisions.length > 0;
	const isDecision = removal !== undefined && decisionAt(removal.proposal, row) !== undefined;
	return [
		...(decides ? choosing : scrolling),
		...paging(size),
		...(isDecision ? [...switching, {...proceeds, ...hint('^S', does)}] : [continues(does)]),
		...(canGoBack ? [goesBack({type: 'went-back'})] : []),
		quit,
		interrupt,
	];
};
