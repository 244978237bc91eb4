import {formed, interrupt, interruptShown, type Binding, type Hint} from './binding.ts';
import {installKeys, watchingKeys} from './screens/install/keys.ts';
import {machineKeys, refuseKeys} from './screens/machine/keys.ts';
import {menuKeys} from './screens/menu/keys.ts';
import {formKeys, takesText} from './screens/options/keys.ts';
import {previewKeys} from './screens/preview/keys.ts';
import {removalKeys} from './screens/removal/keys.ts';
import type {Stroke} from './stroke.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

/** What the keys do now: the only source for the events and the footer. The first binding of a key counts. */
const bindingsOf = (state: WizardState): readonly Binding[] => {
	const {screen, form, size} = state;
	switch (screen.at) {
		case 'refuse':
			return refuseKeys(state);
		case 'machine':
			return machineKeys(state);
		case 'options':
			return form ? formKeys(form, size) : [interrupt];
		case 'preview':
			return previewKeys(state, screen);
		case 'removal':
			return removalKeys(state, screen.sure);
		case 'blank':
		case 'looking':
			return [interruptShown];
		case 'menu':
			return menuKeys(state, screen.menu);
		case 'install':
			return installKeys(state);
		case 'watching':
			return watchingKeys(state);
		case 'menu-left':
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
	const form = screen.at === 'options' ? state.form : undefined;
	const isSaving = screen.at === 'preview' && screen.saving && !screen.saving.waits;
	if ('paste' in stroke) return form || isSaving ? formed({form: 'paste', text: stroke.paste}) : undefined;
	const name = 'text' in stroke ? stroke.text : stroke.key;
	const bound = bindingsOf(state).find(({keys}) => (keys as readonly string[]).includes(name));
	if (bound || !('text' in stroke)) return bound?.event;
	return isSaving || (form && takesText(form))
		? formed({form: 'edit', edit: {insert: stroke.text}})
		: undefined;
};
