import type {Proposal, Proposed} from '../../steps/plan/propose.ts';
import type {Question} from '../ui.ts';
import {bodyOf, helpRoom} from './body-lines.ts';
import type {FormEvent, FormState} from './screens/options/form-model.ts';
import {firstWrong, focusedOnProblem, problemsAt} from './screens/options/form-problems.ts';
import {askedOf} from './screens/options/form-spots.ts';
import {formAfter, openForm} from './screens/options/form-state.ts';
import {installEventAfter, nothingYet} from './screens/install/install-state.ts';
import {layoutOf, type Size} from './layout.ts';
import {answersOf, type Asked} from './screens/machine/machine-lines.ts';
import {menuAfter} from './screens/menu/menu.ts';
import {beginRemoval, removalAfter} from './screens/removal/removal-state.ts';
import {jumpedTo} from './screens/preview/preview-lines.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

export const firstState = (size: Size): WizardState => ({
	size,
	screen: {at: 'blank'},
	scroll: 0,
	facts: undefined,
	asked: undefined,
	form: undefined,
	removal: undefined,
	install: nothingYet,
	nowMs: 0,
	quit: false,
});

/** The row of the current value in the form. */
const rowOf = (asked: Asked, form: FormState): number =>
	Math.max(
		0,
		answersOf(asked).findIndex(({choice, answer}) => form.settings[choice.option] === answer.value),
	);

const ask = (state: WizardState, question: Question): WizardState => {
	const {facts, advice, again, dryRun} = question;
	const asked = {facts, advice, again, dryRun};
	const layout = layoutOf(state.size);
	const room = layout.bodyHeight - helpRoom(layout).height - 1;
	const form = openForm({facts, start: question.start, saved: question.saved, room});
	const stops = answersOf(asked).length > 0 || advice.some((one) => one.level === 'warning' && one.stops);
	const opened = {...state, facts, asked, form, install: nothingYet, screen: {at: 'options'} as const};
	if (question.begin === 'preview') return look(opened);
	return stops && question.begin === undefined
		? {...opened, screen: {at: 'machine', row: rowOf(asked, form), more: false}}
		: opened;
};

const withForm = (state: WizardState, event: FormEvent): WizardState =>
	state.form ? {...state, form: formAfter(state.form, event)} : state;

/** The focus is the answer: every choice takes its last focused row. */
const chosen = (state: WizardState, row: number): WizardState => {
	const picked = state.asked && answersOf(state.asked)[row];
	return picked
		? withForm(state, {form: 'set', option: picked.choice.option, value: picked.answer.value})
		: state;
};

const clamp = (value: number, last: number): number => Math.max(0, Math.min(value, last));

const moved = (state: WizardState, by: number): WizardState => {
	const {screen, asked} = state;
	if (screen.at === 'refuse') return {...state, screen: {...screen, row: clamp(screen.row + by, 1)}};
	if (screen.at !== 'machine' || !asked) return state;
	const row = clamp(screen.row + by, answersOf(asked).length - 1);
	return chosen({...state, screen: {...screen, row}}, row);
};

const scrolled = (state: WizardState, by: number): WizardState => {
	const {top, lines, height} = bodyOf(state);
	return {...state, scroll: state.scroll + clamp(top + by, lines.length - height) - top};
};

const jumped = (state: WizardState, by: 1 | -1): WizardState => {
	const {top, lines, height, sections = []} = bodyOf(state);
	const last = Math.max(0, lines.length - height);
	return scrolled(state, jumpedTo(sections, by, {top, last}) - top);
};

/** Also with problems in the form: the checks of the machine are then shown with them. */
const look = (state: WizardState): WizardState =>
	state.form ? {...state, screen: {at: 'looking', settings: state.form.settings}} : state;

const continued = (state: WizardState): WizardState => {
	const {screen} = state;
	switch (screen.at) {
		case 'refuse':
			return screen.row === 0
				? {...state, screen: {at: 'refused', simulate: true}}
				: {...state, screen: {at: 'refused', simulate: false}};
		case 'machine':
			return {...chosen(state, screen.row), screen: {at: 'options'}};
		case 'options':
			return look(state);
		case 'preview':
			return {...state, screen: {at: 'accepted', proposal: screen.proposal}};
		default:
			return state;
	}
};

const putAside = (state: WizardState): WizardState =>
	state.screen.at === 'preview'
		? {...state, screen: {at: 'accepted', proposal: {...state.screen.proposal, toFile: true}}}
		: state;

const wentBack = (state: WizardState): WizardState => {
	const {screen, asked, form} = state;
	if (screen.at === 'preview') return {...state, screen: {at: 'options'}};
	if (screen.at === 'options' && asked && form)
		return {...state, screen: {at: 'machine', row: rowOf(asked, form), more: false}};
	return state;
};

const looked = (state: WizardState, proposed: Proposed): WizardState => {
	if (state.screen.at !== 'looking' || !state.form) return state;
	if (proposed.good && firstWrong(state.form) === undefined)
		return {...withWarnings(state, proposed.proposal), screen: {at: 'preview', proposal: proposed.proposal}};
	const {problems, warnings = []} = proposed.good ? {problems: []} : proposed;
	const form = formAfter(state.form, {form: 'tell', problems, warnings});
	const first = askedOf(form).find((name) => problemsAt(form, name).length > 0);
	return {
		...state,
		form: first === undefined ? form : focusedOnProblem(form, first),
		screen: {at: 'options'},
	};
};

/** The warnings of the preview are also shown at their fields. */
const withWarnings = (state: WizardState, {preview}: Proposal): WizardState =>
	withForm(state, {form: 'tell', problems: [], warnings: preview.warnings});

const explained = (state: WizardState): WizardState =>
	state.screen.at === 'machine' ? {...state, screen: {...state.screen, more: !state.screen.more}} : state;

const after = (state: WizardState, event: WizardEvent): WizardState => {
	switch (event.type) {
		case 'resized':
			return {...state, size: event.size};
		case 'refused':
			return {...state, facts: event.facts, screen: {at: 'refuse', refusals: event.refusals, row: 0}};
		case 'asked':
			return ask(state, event.question);
		case 'removal-asked':
			return beginRemoval(state, event.question);
		case 'looked':
			return looked(state, event.proposed);
		case 'moved':
			return moved(state, event.by);
		case 'scrolled':
			return scrolled(state, event.by);
		case 'jumped':
			return jumped(state, event.by);
		case 'explained':
			return explained(state);
		case 'formed':
			return withForm(state, event.event);
		case 'continued':
			return continued(state);
		case 'went-back':
			return wentBack(state);
		case 'put-aside':
			return putAside(state);
		case 'quit':
			return {...state, quit: true};
		default:
			return state;
	}
};

/** Events that keep the scroll position. */
const leavesScroll = new Set<WizardEvent['type']>([
	'scrolled',
	'jumped',
	'resized',
	'progressed',
	'ticked',
	'switched',
	'said',
	'quit',
]);

/** Every change of the wizard, without a terminal and without React. */
export const wizardAfter = (state: WizardState, event: WizardEvent): WizardState => {
	const next =
		menuAfter(state, event) ??
		removalAfter(state, event) ??
		installEventAfter(state, event) ??
		after(state, event);
	return leavesScroll.has(event.type) ? next : {...next, scroll: 0};
};
