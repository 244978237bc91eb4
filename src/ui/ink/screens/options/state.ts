import {foundOn} from '../../../../platform/vira/find-installed.ts';
import type {Facts} from '../../../../platform/facts.ts';
import {groups, type Group} from '../../../../settings/option.ts';
import {defaultSettings, mapOptions, type Settings} from '../../../../settings/options.ts';
import {edit} from '../../components/editing.ts';
import {completed, completionAsked} from './completion.ts';
import {itemsClosed, itemsEvent, itemsMoved, itemsOpened, itemsPasted} from './form-items.ts';
import {isTyped, optionAt, textsOfValue, type FormEvent, type FormState, type Texts} from './form-model.ts';
import {atNextProblem, firstWrong, focusedOnProblem, toldByOthers} from './form-problems.ts';
import {askedOf, filterClosed, filterOpened, filterTyped, folded, moved, movedByGroup} from './form-spots.ts';
import {usualChosen, usualMoved, usualOpened, usualTyped} from './usual.ts';
import {fieldPasted, fieldTyped, reset, solved, stepped, turned, withTexts} from './form-texts.ts';

const textsOf = (settings: Settings): Texts => mapOptions((name) => textsOfValue(settings[name]));

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
	const all = Object.keys(groups) as Group[];
	const [first = 'web'] = all;
	const texts = textsOf(start);
	const form: FormState = {
		...asked,
		defaults: textsOf(defaultSettings(foundOn(facts))),
		saved: saved && textsOf(saved),
		start: texts,
		texts,
		focus: 'continue',
		open: askedOf(asked).length + 2 * all.length + 1 <= room ? all : [first],
		caret: 0,
		touched: false,
		items: undefined,
		choosing: undefined,
		filter: undefined,
		completion: undefined,
		explained: false,
		told: [],
		warned: [],
	};
	const wrong = firstWrong(form);
	return wrong === undefined ? form : focusedOnProblem(form, wrong);
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
	const closed = filterClosed(form, true);
	return closed.items?.draft ? itemsEvent(closed, {item: 'keep'}) : closed;
};

/** An invalid draft is itself the next problem. */
const nextProblem = (form: FormState): FormState => {
	const kept = finished(form);
	return kept.items?.draft ? kept : atNextProblem(kept);
};

type Moved = Extract<
	FormEvent,
	{
		form:
			| 'move'
			| 'move-group'
			| 'move-to'
			| 'next-problem'
			| 'fold'
			| 'finish'
			| 'filter'
			| 'filtered'
			| 'explain';
	}
>;

/** Changes the focus or the view. */
const looked = (form: FormState, event: Moved): FormState => {
	switch (event.form) {
		case 'move':
			return moved(form, event.by);
		case 'move-group':
			return movedByGroup(form, event.by);
		case 'move-to':
			return moved(form, event.end === 'first' ? -Infinity : Infinity);
		case 'next-problem':
			return nextProblem(form);
		case 'fold':
			return folded(form, event.open);
		case 'finish':
			return finished(form);
		case 'filter':
			return filterOpened(form);
		case 'filtered':
			return filterClosed(form, event.stay);
		case 'explain':
			return {...form, explained: !form.explained};
	}
};

export const formAfter = (form: FormState, event: FormEvent): FormState => {
	switch (event.form) {
		case 'edit':
			return typed(form, event.edit);
		case 'paste':
			return pasted(form, event.text);
		case 'turn':
			return turned(form, event.by);
		case 'step':
			return stepped(form, event.by);
		case 'reset':
			return reset(form);
		case 'complete':
			return completionAsked(form);
		case 'completed':
			return completed(form, event.typed, event.candidates);
		case 'open':
			return itemsOpened(usualOpened(form));
		case 'close':
			return {...itemsClosed(form), choosing: undefined};
		case 'move-choice':
			return usualMoved(form, event.by);
		case 'choose':
			return usualChosen(form);
		case 'solve':
			return solved(form);
		case 'set':
			return withTexts(form, event.option, textsOfValue(event.value));
		case 'tell':
			return {...form, told: toldByOthers(form, event.problems), warned: event.warnings};
		case 'items':
			return itemsEvent(form, event.event);
		case 'move-item':
			return itemsMoved(form, event.by);
		default:
			return looked(form, event);
	}
};
