import {continues, hint, interrupt, paging, quit, scrolling, type Binding} from '../../binding.ts';
import type {WizardState} from '../../wizard-model.ts';

const jumping: readonly Binding[] = [
	{keys: ['tab', 'right'], event: {type: 'jumped', by: 1}, ...hint('tab', 'next part')},
	{keys: ['back-tab', 'left'], event: {type: 'jumped', by: -1}},
];

export const previewKeys = ({screen, asked, size}: WizardState): readonly Binding[] => {
	const changes = screen.at === 'preview' && screen.proposal.preview.changes;
	const verb = !changes || asked?.dryRun ? 'done' : asked?.again ? 'apply' : 'install';
	return [
		...scrolling,
		...paging(size),
		continues(verb),
		{keys: ['e', 'escape'], event: {type: 'went-back'}, ...hint('e', 'edit')},
		{keys: ['w'], event: {type: 'put-aside'}, ...hint('w', 'save to file')},
		...(changes ? jumping : []),
		quit,
		interrupt,
	];
};
