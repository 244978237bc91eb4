import {
	continues,
	editing,
	formed,
	goesBack,
	hint,
	interrupt,
	interruptShown,
	pageKeys,
	paging,
	quit,
	scrolling,
	type Binding,
} from '../../binding.ts';
import type {Size} from '../../layout.ts';
import {showsBuilds} from '../builds/keys.ts';
import type {PreviewScreen, Saving, WizardState} from '../../wizard-model.ts';

const jumping: readonly Binding[] = [
	{keys: ['tab', 'right'], event: {type: 'jumped', by: 1}, ...hint('tab', 'next part')},
	{keys: ['back-tab', 'left'], event: {type: 'jumped', by: -1}},
];

const savingKeys = ({waits}: Saving, size: Size): readonly Binding[] =>
	waits
		? [interruptShown]
		: [
				...editing,
				...pageKeys(size),
				{keys: ['tab'], event: formed({form: 'complete'}), ...hint('tab', 'complete')},
				continues('save'),
				goesBack({type: 'went-back'}),
				interruptShown,
			];

export const previewKeys = (
	{asked, size}: WizardState,
	{proposal, saving}: PreviewScreen,
): readonly Binding[] => {
	if (saving) return savingKeys(saving, size);
	const {changes} = proposal.preview;
	const verb = !changes || asked?.dryRun ? 'done' : asked?.again ? 'apply' : 'install';
	return [
		...scrolling,
		...paging(size),
		continues(verb),
		...(asked?.canGoBack && asked.begin === 'preview' ? [goesBack({type: 'left-form'})] : []),
		{keys: ['e', 'escape'], event: {type: 'went-back'}, ...hint('e', 'edit')},
		{keys: ['w'], event: {type: 'save-begun'}, ...hint('w', 'save to file')},
		...(changes ? jumping : []),
		showsBuilds,
		quit,
		interrupt,
	];
};
