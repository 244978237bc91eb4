import {createContext, useContext} from 'react';
import {layoutOf, type Layout} from '../layout.ts';
import type {WizardEvent, WizardState} from '../wizard-model.ts';

interface WizardValue {
	readonly state: WizardState;
	readonly send: (event: WizardEvent) => void;
	/** Whether colors may be used; dim and bold do not depend on it. */
	readonly colour: boolean;
}

export const WizardContext = createContext<WizardValue | undefined>(undefined);

/** The state of the wizard, for every component. */
export const useWizard = (): WizardValue => {
	const wizard = useContext(WizardContext);
	if (!wizard) throw new Error('This component needs a WizardContext around it.');
	return wizard;
};

export const useLayout = (): Layout => layoutOf(useWizard().state.size);
