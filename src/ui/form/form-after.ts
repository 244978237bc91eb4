import {foundOn} from '../../platform/vira/programs.ts';
import type {Facts} from '../../platform/facts.ts';
import {defaultSettings, mapOptions, type Settings} from '../../settings/options.ts';
import {edit} from './editing.ts';
import {pathCompleted, completionAsked} from './completion.ts';
import {itemsClosed, itemsEvent, itemsMoved, itemsOpened, itemsPasted} from './open-items.ts';
import {isTyped, optionAt, textsOfValue, type FormEvent, type FormState, type Texts} from './form.ts';
import {atNextProblem, firstWrong, focusedOnProblem, toldByOthers} from './problems.ts';
import {
	allGroups,
	askedOf,
	filterClosed,
	filterOpened,
	filterTyped,
	folded,
	movedSpot,
	movedByGroup,
} from './spots.ts';
import {
	fieldPasted,
	fieldTyped,
	reset,
	restored,
	solved,
	turned,
	usualChosen,
	usualMoved,
	usualOpened,
	usualTyped,
	withTexts,
} from './texts.ts';

const textsOfSettings = (settings: Settings): Texts => mapOptions((name) => textsOfValue(settings[name]));

/** What a form opens with. */
export interface FormStart {
	readonly facts: Facts;
	readonly start: Settings;
	readonly saved: Settings | undefined;
	/** Lines that fit on the screen. */
	readonly room: number;
}

/** Expands every group if all fit, otherwise the first. The focus begins at the first problem, if there is one. */
export const openForm = ({facts, start, saved, room}: FormStart): FormState => {
	const asked = {platform: facts.platform, settings: start};
	const texts = textsOfSettings(start);
	const form: FormState = {
		...asked,
		defaults: textsOfSettings(defaultSettings(foundOn(facts))),
		saved: saved && textsOfSettings(saved),
		start: texts,
		texts,
		focus: 'continue',
		open: askedOf(asked).length + 2 * allGroups.length + 1 <= room ? allGroups : allGroups.slice(0, 1),
		caret: 0,
		touched: false,
		items: undefined,
		removed: {},
		choosing: undefined,
		instead: undefined,
		filter: undefined,
		completion: undefined,
		explained: false,
		told: [],
		warned: [],
	};
	const wrong = firstWrong(form);
	return wrong === undefined ? form : focusedOnProblem(form, wrong);
};

/** Moves within the innermost list that is open. */
const moved = (form: FormState, {by}: {readonly by: number}): FormState => {
	if (form.choosing !== undefined) return usualMoved(form, form.choosing + by);
	return form.items ? itemsMoved(form, by) : movedSpot(form, by);
};

/** Typed text goes to the innermost open editor. */
const typed = (form: FormState, change: Extract<FormEvent, {form: 'edit'}>['edit']): FormState => {
	const quiet = {...form, completion: undefined};
	if (form.items) return itemsEvent(quiet, {item: 'edit', edit: change});
	return form.filter
		? filterTyped(quiet, edit(form.filter.edited, change))
		: fieldTyped(usualTyped(quiet), change);
};

/** Inserts the whole paste. */
const pasted = (form: FormState, text: string): FormState => {
	const oneLine = text.trim().replaceAll(/\s+/gu, ' ');
	if (form.items?.filter ?? form.filter) return typed(form, {insert: oneLine});
	return isTyped(optionAt(form)) ? fieldPasted(usualTyped(form), text) : itemsPasted(form, text);
};

/** Finishes what is being typed; an invalid draft stays. */
const finished = (form: FormState): FormState => {
	const closed = filterClosed(restored(form), true);
	return closed.items?.draft ? itemsEvent(closed, {item: 'keep'}) : closed;
};

/** An invalid draft is itself the next problem. */
const nextProblem = (form: FormState): FormState => {
	const kept = finished(form);
	return kept.items?.draft ? kept : atNextProblem(kept);
};

type Handlers = {
	readonly [Kind in FormEvent['form']]: (
		form: FormState,
		event: Extract<FormEvent, {readonly form: Kind}>,
	) => FormState;
};

const handlers: Handlers = {
	move: moved,
	'move-group': (form, {by}) => movedByGroup(form, by),
	'next-problem': nextProblem,
	fold: (form, {open}) => folded(form, open),
	finish: finished,
	filter: filterOpened,
	filtered: (form, {stay}) => filterClosed(form, stay),
	explain: (form) => ({...form, explained: !form.explained}),
	edit: (form, event) => typed(form, event.edit),
	paste: (form, {text}) => pasted(form, text),
	turn: (form, {by}) => turned(form, by),
	reset,
	complete: completionAsked,
	completed: (form, event) => pathCompleted(form, event.typed, event.candidates),
	open: (form) => itemsOpened(usualOpened(form)),
	close: (form) => ({...itemsClosed(restored(form)), choosing: undefined}),
	choose: usualChosen,
	solve: solved,
	set: (form, {option, value}) => withTexts(form, option, textsOfValue(value)),
	tell: (form, {problems, warnings}) => ({...form, told: toldByOthers(form, problems), warned: warnings}),
	items: (form, {event}) => itemsEvent(form, event),
};

export const formAfter = (form: FormState, event: FormEvent): FormState => {
	// The compiler does not see that the handler is the one for this kind of event.
	const handle = handlers[event.form] as (form: FormState, event: FormEvent) => FormState;
	const next = handle(form, event);
	return next.focus === form.focus ? next : handle(restored(form), event);
};
