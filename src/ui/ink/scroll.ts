import type {WizardState} from './wizard-model.ts';

/** What the body of the screen has, in lines, as last laid out. */
export interface Viewport {
	/** Lines in sight. */
	readonly height: number;
	/** All lines. */
	readonly content: number;
	/** The line of the focus; undefined: there is none. */
	readonly focus: number | undefined;
	/** The line at which the long text begins. */
	readonly list: number;
}

type Scrolled = Pick<WizardState, 'screen' | 'scroll' | 'view'>;

/** New lines are followed while the end is in sight, and a log is read from its end. */
const showsEnd = ({screen}: Scrolled): boolean =>
	screen.at === 'install' || screen.at === 'watching' || (screen.at === 'menu' && screen.menu.from === 'end');

const lastTop = ({content, height}: Viewport): number => Math.max(0, content - height);

/** The focus with its surroundings; the beginning if possible. */
const topAtFocus = (focus: number, view: Viewport): number =>
	focus < view.height - 3 ? 0 : Math.min(focus - Math.floor(view.height / 2), lastTop(view));

/** The first line in sight. */
export const topOf = (state: Scrolled): number => {
	const {scroll, view} = state;
	if (scroll !== undefined) return Math.min(scroll, lastTop(view));
	if (showsEnd(state)) return lastTop(view);
	return view.focus === undefined ? 0 : topAtFocus(view.focus, view);
};

/** Scrolled by a number of lines, from the first to the last. */
export const scrolledBy = (state: WizardState, by: number): WizardState => {
	const last = lastTop(state.view);
	const top = Math.max(0, Math.min(topOf(state) + by, last));
	return {...state, scroll: showsEnd(state) && top === last ? undefined : top};
};

/** What is above and below the lines in sight. */
export const hiddenLines = (state: Scrolled): {readonly above: boolean; readonly below: boolean} => {
	const top = topOf(state);
	return {above: top > 0, below: top + state.view.height < state.view.content};
};
