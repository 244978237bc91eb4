import {choosing, continues, goesBack, hint, interrupt, paging, type Binding} from '../../binding.ts';
import type {Menu} from '../../../ui.ts';
import type {WizardEvent, WizardState} from '../../wizard-model.ts';

const left: WizardEvent = {type: 'left'};

export const menuKeys = ({size}: WizardState, {after, choices, leave}: Menu): readonly Binding[] => [
	...choosing,
	...paging(size),
	continues('choose'),
	...choices.map(({key, value}): Binding => ({keys: [key], event: {type: 'chose', value}})),
	// After a failure, that is the form, which is the first choice.
	...(after === 'failure' ? [goesBack({type: 'chose', value: choices[0]?.value ?? leave})] : []),
	{keys: ['q', 'escape'], event: left, ...hint('q', 'quit')},
	// The run has already ended; its conclusion follows.
	after === 'failure' ? {keys: ['ctrl-c'], event: left} : interrupt,
];
