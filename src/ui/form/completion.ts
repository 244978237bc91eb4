import {optionOf} from '../../settings/options.ts';
import type {Edited} from './editing.ts';
import {graphemes} from '../text.ts';
import {optionAt, type FormState} from './form.ts';
import {itemsEvent} from './open-items.ts';
import {focused, movedSpot} from './spots.ts';
import {editedField, fieldTyped} from './texts.ts';

const isPath = (text: string): boolean => /^(?:\/|~\/|~$)/u.test(text);

/** The text of a path field, or of an item in a list of paths. */
const pathBeingTyped = (form: FormState): Edited | undefined => {
	const name = optionAt(form);
	if (name === undefined) return undefined;
	const {kind} = optionOf(name);
	if (kind === 'list') return form.items?.draft;
	return kind === 'path' ? editedField(form) : undefined;
};

export const beforeCaret = ({text, caret}: Edited): string => text.slice(0, caret);

/** Whether Tab completes a path: the person has begun to type one. */
export const canComplete = (form: FormState): boolean => {
	const typed = pathBeingTyped(form);
	return typed !== undefined && (form.touched || form.items !== undefined) && isPath(beforeCaret(typed));
};

/** Requests the candidates; until-accepted.ts looks them up. */
export const completionAsked = (form: FormState): FormState => {
	const typed = pathBeingTyped(form);
	return typed && canComplete(form)
		? {...form, completion: {typed: beforeCaret(typed), candidates: undefined}}
		: form;
};

/** Their common beginning, in whole visible characters. */
export const commonBeginning = ([first = '', ...others]: readonly string[]): string => {
	let common = '';
	for (const one of graphemes(first)) {
		if (!others.every((other) => other.startsWith(common + one))) break;
		common += one;
	}
	return common;
};

const inserted = (form: FormState, insert: string): FormState => {
	if (insert === '') return form;
	return form.items ? itemsEvent(form, {item: 'edit', edit: {insert}}) : fieldTyped(form, {insert});
};

/** Without candidates, Tab moves to the next field as usual. */
const nothingToComplete = (form: FormState): FormState =>
	form.items ? {...form, completion: undefined} : movedSpot(focused(form, form.focus), 1);

/** Completes as far as all candidates agree; ignores candidates for a text that has changed since. */
export const pathCompleted = (form: FormState, typed: string, candidates: readonly string[]): FormState => {
	const now = pathBeingTyped(form);
	if (form.completion?.typed !== typed || !now || beforeCaret(now) !== typed) return form;
	const insert = commonBeginning(candidates).slice(typed.length);
	if (candidates.length === 0 || (candidates.length === 1 && insert === '')) return nothingToComplete(form);
	const next = inserted({...form, completion: undefined}, insert);
	const left = candidates.length > 1 ? {typed: typed + insert, candidates} : undefined;
	return {...next, completion: left};
};
