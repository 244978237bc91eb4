import {clamp} from '../clamp.ts';
import {itemsWindow} from '../form/open-items.ts';
import type {WizardState} from './wizard-model.ts';
import type {Viewport} from './layout.ts';

type Scrolled = Pick<WizardState, 'screen' | 'form' | 'scroll' | 'view'>;

/** New lines are followed while the end is visible, and a log is read from its end. */
const showsEnd = ({screen}: Scrolled): boolean => {
	if (screen.at === 'watching') return screen.watched.is === 'running' || screen.watched.kind === 'follows';
	return screen.at === 'install' || (screen.at === 'menu' && screen.menu.from === 'end');
};

const lastTop = ({content, height}: Viewport): number => Math.max(0, content - height);

/** The focus with its surroundings; the beginning if possible. */
const topAtFocus = (focus: number, view: Viewport): number =>
	focus < view.height - 3 ? 0 : Math.min(focus - Math.floor(view.height / 2), lastTop(view));

/** The name of a row that has only a number. */
export const rowName = (index: number): string => `row ${index}`;

/** The line of the focus; undefined: there is none. */
const focusedLine = ({screen, form, view}: Scrolled): number | undefined => {
	if ('row' in screen) return view.rows[rowName(screen.row)];
	if ((screen.at !== 'options' && screen.at !== 'looking') || !form) return undefined;
	const line = view.rows[form.focus];
	if (line === undefined) return undefined;
	if (form.choosing !== undefined) return line + 1 + form.choosing;
	return form.items ? line + 1 + itemsWindow(form, form.items, view.height).line : line;
};

/** The first visible line. */
export const topOf = (state: Scrolled): number => {
	const {scroll, view} = state;
	if (scroll !== undefined) return Math.min(scroll, lastTop(view));
	const focus = focusedLine(state);
	if (focus !== undefined) return topAtFocus(focus, view);
	return showsEnd(state) ? lastTop(view) : 0;
};

/** How many lines out of sight are drawn all the same, for a change that moves them by so many. */
export const nearby = 3;

/** Whether a row is in sight or close to it, as far as that is known. */
export const isNear = (state: Scrolled, name: string): boolean => {
	const line = state.view.rows[name];
	if (line === undefined) return true;
	const top = topOf(state);
	return line >= top - nearby && line < top + state.view.height + nearby;
};

/** Scrolled by a number of lines, from the first to the last. */
export const scrolledBy = (state: WizardState, by: number): WizardState => {
	const last = lastTop(state.view);
	const top = clamp(topOf(state) + by, 0, last);
	const atEnd = showsEnd(state) && topOf({...state, scroll: undefined}) === top;
	return {...state, scroll: atEnd ? undefined : top};
};

/** What is above and below the visible lines. */
export const hiddenLines = (state: Scrolled): {readonly above: boolean; readonly below: boolean} => {
	const top = topOf(state);
	return {above: top > 0, below: top + state.view.height < state.view.content};
};
