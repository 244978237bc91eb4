import type {Proposal} from '../../steps/plan/propose.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import {checking} from '../words/phrases.ts';
import type {FormState} from './screens/options/form-model.ts';
import {helpLines} from './screens/options/help-lines.ts';
import {installLines} from './screens/install/install-lines.ts';
import {layoutOf, topFor, type Layout} from './layout.ts';
import {empty, type Line} from './components/line.ts';
import {
	answersOf,
	machineLines,
	passedLines,
	type Asked,
	refuseLines,
} from './screens/machine/machine-lines.ts';
import {optionsLines} from './screens/options/options-lines.ts';
import {previewLines, sectionLine, type PreviewSection} from './screens/preview/preview-lines.ts';
import {removalFoot, removalLines} from './screens/removal/removal-lines.ts';
import {menuChoices, textLines, watchedLines} from './screens/menu/menu.ts';
import type {Screen, WizardState} from './wizard-model.ts';

/** What is between title and footer: lines that scroll, and below them lines that do not. */
interface Body {
	readonly lines: readonly Line[];
	readonly top: number;
	readonly height: number;
	readonly fixed: readonly Line[];
	/** The sections that Tab jumps to, if any. */
	readonly sections?: readonly PreviewSection[];
}

/** The focus on the screen of a removal. */
type RemovalPlace = Pick<Extract<Screen, {at: 'removal'}>, 'row' | 'sure'>;

interface Parts {
	readonly lines: readonly Line[];
	readonly fixed?: readonly Line[];
	/** The first line to show until the person scrolls; or the line that must be visible. */
	readonly stand: {readonly top: number} | {readonly focus: number};
}

const bodyFrom = ({lines, fixed = [], stand}: Parts, {size, scroll}: WizardState): Body => {
	const height = layoutOf(size).bodyHeight - fixed.length;
	const last = Math.max(0, lines.length - height);
	const top = 'top' in stand ? Math.min(stand.top, last) : topFor(stand.focus, lines.length, height);
	return {lines, top: Math.max(0, Math.min(top + scroll, last)), height, fixed};
};

/** The foot is always visible below the other lines, unless it leaves too little room for them. */
const withFoot = (
	lines: readonly Line[],
	foot: readonly Line[],
	{bodyHeight}: Layout,
): Omit<Parts, 'stand'> =>
	foot.length > bodyHeight / 2 ? {lines: [...foot, empty, ...lines]} : {lines, fixed: foot};

const refuse = (state: WizardState, screen: Extract<Screen, {at: 'refuse'}>): Body => {
	const layout = layoutOf(state.size);
	const {reasons, answers} = refuseLines(screen.refusals, screen.row, layout.width);
	return bodyFrom({...withFoot(reasons, answers, layout), stand: {top: 0}}, state);
};

const machine = (state: WizardState, screen: Extract<Screen, {at: 'machine'}>, asked: Asked): Body => {
	const {width} = layoutOf(state.size);
	const {lines, focus} = machineLines(asked, {...screen, width});
	return bodyFrom({lines, stand: {focus}}, state);
};

/** Help lines between the form and the footer, and their maximum when the person asks for more. */
export const helpRoom = ({
	bodyHeight,
	compact,
}: Layout): {readonly height: number; readonly most: number} => ({
	height: compact ? 2 : 3,
	most: Math.floor(bodyHeight / 2),
});

const options = (state: WizardState, form: FormState, asked: Asked): Body => {
	const {width, compact, bodyHeight} = layoutOf(state.size);
	const passed = answersOf(asked).length === 0 ? passedLines(asked, width) : [];
	const room = helpRoom(layoutOf(state.size));
	const looking: readonly Line[] = [
		[{text: checking, bold: true}],
		...Array<Line>(room.height - 1).fill(empty),
	];
	const help = state.screen.at === 'looking' ? looking : helpLines(form, {width, ...room});
	const fixed = compact ? help : [empty, ...help];
	const place = {width, compact, height: bodyHeight - fixed.length};
	const {lines, focus} = optionsLines(form, passed, place);
	return bodyFrom({lines, fixed, stand: {focus}}, state);
};

const preview = (state: WizardState, proposal: Proposal): Body => {
	const layout = layoutOf(state.size);
	const {width} = layout;
	const home = state.facts?.user.home ?? '';
	const {lines, sections, summary} = previewLines(proposal.preview, {home, width});
	const {fixed, ...parts} = withFoot(lines, summary, layout);
	const before = parts.lines.length - lines.length;
	const placed = sections.map(({name, line}) => ({name, line: line + before}));
	// The section replaces the empty line above the summary, so it needs no extra line.
	const below = fixed?.slice(1) ?? [];
	const body = bodyFrom({...parts, fixed: [empty, ...below], stand: {top: 0}}, state);
	return {...body, fixed: [sectionLine(placed, body.top, width), ...below], sections: placed};
};

const removal = (state: WizardState, proposal: RemovalProposal, place: RemovalPlace): Body => {
	const layout = layoutOf(state.size);
	const where = {home: state.facts?.user.home ?? '', width: layout.width};
	const lines = removalLines(proposal, where);
	return bodyFrom({...withFoot(lines, removalFoot(proposal, place, where), layout), stand: {top: 0}}, state);
};

const menu = (state: WizardState, screen: Extract<Screen, {at: 'menu'}>): Body => {
	const layout = layoutOf(state.size);
	const {
		lines: [first = '', ...rest],
		from,
	} = screen.menu;
	const choices = menuChoices(screen.menu, screen.row, layout.width);
	const [head, others] = [textLines([first], layout.width), textLines(rest, layout.width)];
	const foot = layout.compact ? choices : [empty, ...choices];
	const parts = withFoot([...head, ...others], foot, layout);
	// The first line is above the choices even if there is no room for the others.
	const lines = parts.fixed ? parts.lines : [...head, ...foot, empty, ...others];
	return bodyFrom({...parts, lines, stand: {top: from === 'end' ? lines.length : 0}}, state);
};

const watching = (state: WizardState, {watched}: Extract<Screen, {at: 'watching'}>): Body =>
	bodyFrom(
		{lines: watchedLines(watched, state.nowMs, layoutOf(state.size).width), stand: {top: Infinity}},
		state,
	);

/** What the screen shows, as lines. */
export const bodyOf = (state: WizardState): Body => {
	const {screen, asked, form} = state;
	const nothing = bodyFrom({lines: [], stand: {top: 0}}, state);
	switch (screen.at) {
		case 'refuse':
			return refuse(state, screen);
		case 'machine':
			return asked ? machine(state, screen, asked) : nothing;
		case 'options':
		case 'looking':
			return asked && form ? options(state, form, asked) : nothing;
		case 'preview':
		case 'accepted':
			return preview(state, screen.proposal);
		case 'removal':
			return state.removal ? removal(state, state.removal.proposal, screen) : nothing;
		case 'removal-accepted':
			return removal(state, screen.proposal, {row: 0, sure: false});
		case 'install': {
			const lines = installLines(state, layoutOf(state.size).width);
			return bodyFrom({lines, stand: {top: Infinity}}, state);
		}
		case 'blank':
			return bodyFrom({lines: [[{text: 'Checking this machine…', bold: true}]], stand: {top: 0}}, state);
		case 'menu':
			return menu(state, screen);
		case 'watching':
			return watching(state, screen);
		case 'menu-left':
		case 'refused':
			return nothing;
	}
};
