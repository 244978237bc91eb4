import {formed, interrupt, interruptShown, type Binding, type Hint} from './binding.ts';
import {installKeys} from './screens/install/keys.ts';
import {machineKeys, refuseKeys} from './screens/machine/keys.ts';
import {menuKeys} from './screens/menu/keys.ts';
import {formKeys, takesText} from './screens/options/keys.ts';
import {previewKeys} from './screens/preview/keys.ts';
import {removalKeys} from './screens/removal/keys.ts';
import {outputKeys} from './screens/watching/keys.ts';
import {leavingKeys} from './leaving.ts';
import type {Stroke} from './stroke.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

/** What the keys do now: the only source for the events and the footer. The first binding of a key counts. */
const bindingsOf = (state: WizardState): readonly Binding[] => {
	const {screen, form, size, view, leaving} = state;
	if (leaving) return leavingKeys(leaving);
	switch (screen.at) {
		case 'refuse':
			return refuseKeys(state);
		case 'machine':
			return machineKeys(state);
		case 'options':
			return form ? formKeys(form, size, view.content > view.height) : [interrupt];
		case 'preview':
			return previewKeys(state, screen);
		case 'removal':
			return removalKeys(state, screen.sure);
		case 'blank':
		case 'looking':
		case 'menu-left':
			return [interruptShown];
		case 'menu':
			return menuKeys(state, screen.menu);
		case 'install':
			return installKeys(state);
		case 'watching':
			return outputKeys(state, screen.watched);
		case 'left':
		case 'refused':
		case 'accepted':
		case 'removal-accepted':
			return [interrupt];
	}
};

export const hintsOf = (state: WizardState): readonly Hint[] =>
	bindingsOf(state).flatMap((binding) => binding.hint ?? []);

/** What a stroke means on the current screen. */
export const eventFor = (stroke: Stroke, state: WizardState): WizardEvent | undefined => {
	const {screen} = state;
	const form = screen.at === 'options' && !state.leaving ? state.form : undefined;
	const isSaving = screen.at === 'preview' && screen.saving !== undefined && !screen.saving.waits;
	const name = 'paste' in stroke ? undefined : 'text' in stroke ? stroke.text : stroke.key;
	const bound = bindingsOf(state).find(({keys}) => (keys as readonly unknown[]).includes(name));
	if (bound ?? !(form ?? isSaving)) return bound?.event;
	if (form?.explained) return formed({form: 'explain'});
	if ('paste' in stroke) return formed({form: 'paste', text: stroke.paste});
	return 'text' in stroke && (isSaving || (form && takesText(form)))
		? formed({form: 'edit', edit: {insert: stroke.text}})
		: undefined;
};
