import type {Hint} from './binding.ts';
import {type Layout, layoutOf} from './layout.ts';
import {lineWidth, widthOf, type Line} from './components/line.ts';
import type {Screen, WizardState} from './wizard-model.ts';
import {bodyOf} from './body-lines.ts';
import {hintsOf} from './keys.ts';

export interface Title {
	readonly version: string;
	/** Whether the machine is a simulated one. */
	readonly simulation: boolean;
}

const setupSteps = ['Machine', 'Options', 'Preview', 'Install'] as const;
const removalSteps = ['Preview', 'Removal'] as const;

const stepOf: Readonly<Record<Screen['at'], number>> = {
	blank: 0,
	refuse: 0,
	refused: 0,
	machine: 0,
	options: 1,
	looking: 1,
	preview: 2,
	accepted: 2,
	removal: 0,
	'removal-accepted': 0,
	install: 3,
	menu: 3,
	'menu-left': 3,
	watching: 3,
};

/** The steps and the current one. */
interface Way {
	readonly steps: readonly string[];
	readonly here: number;
}

const wayOf = ({screen, removal}: Pick<WizardState, 'screen' | 'removal'>): Way => {
	const isFailure = screen.at === 'menu' && screen.menu.after === 'failure';
	if (['menu', 'menu-left', 'watching'].includes(screen.at) && !isFailure)
		return {steps: ['Overview'], here: 0};
	return removal
		? {steps: removalSteps, here: screen.at === 'install' ? 1 : 0}
		: {steps: setupSteps, here: stepOf[screen.at]};
};

type Crumbs = 'long' | 'short' | 'shortest';

/** Brackets mark the current step for terminals without bold. */
const crumbs = ({steps, here}: Way, length: Crumbs): Line => {
	const name = steps[here] ?? '';
	if (steps.length === 1) return [{text: `[${name}]`, tone: 'accent', bold: true}];
	if (length === 'shortest')
		return [{text: `[${here + 1}/${steps.length} ${name}]`, tone: 'accent', bold: true}];
	return steps.flatMap((step, index): Line => {
		const divider = index === 0 ? [] : [{text: ' · ', tone: 'quiet'} as const];
		if (index === here) return [...divider, {text: `[${index + 1} ${step}]`, tone: 'accent', bold: true}];
		return [...divider, {text: length === 'long' ? `${index + 1} ${step}` : `${index + 1}`, tone: 'quiet'}];
	});
};

const apart = (left: Line, right: Line, width: number): Line => [
	...left,
	{text: ' '.repeat(Math.max(1, width - lineWidth(left) - lineWidth(right)))},
	...right,
];

/** The title and the breadcrumb, as much of both as fits. */
const titleLine = (
	{version, simulation}: Title,
	state: Pick<WizardState, 'screen' | 'removal'>,
	width: number,
): Line => {
	const names = simulation
		? [`Vira setup ${version} (simulated machine)`, 'Vira setup (simulated machine)', 'Simulated machine']
		: [`Vira setup ${version}`, 'Vira setup'];
	const short = names.at(-1) ?? '';
	const way = wayOf(state);
	const tries = [
		...names.map((name) => [name, 'long'] as const),
		[short, 'short'] as const,
		[short, 'shortest'] as const,
	].map(([name, length]) => apart([{text: name, bold: true}], crumbs(way, length), width));
	return tries.find((line) => lineWidth(line) <= width) ?? crumbs(way, 'shortest');
};

const hintSpans = (hints: readonly Hint[]): Line =>
	hints.flatMap(({keys, does}, index): Line => [
		{text: `${index === 0 ? '' : '   '}${keys}`, bold: true},
		{text: ` ${does}`, tone: 'quiet'},
	]);

/** What is dropped last when there is little room, the most important first. The arrows are dropped first. */
const goesLast: readonly string[] = ['⏎', 'esc', 'e', '^N', '^C', 'q'];

const importance = ({keys}: Hint): number => {
	if (keys === '↑↓') return -1;
	const place = goesLast.indexOf(keys);
	return place < 0 ? 0 : goesLast.length - place;
};

/** Without the least important hint; of several, the last. */
const oneLess = (hints: readonly Hint[]): readonly Hint[] => {
	const least = Math.min(...hints.map(importance));
	return hints.toSpliced(
		hints.findLastIndex((one) => importance(one) === least),
		1,
	);
};

/** The keys that work now, in the order of the screen, as many as fit. */
export const footerLine = (hints: readonly Hint[], more: string, width: number): Line => {
	const room = width - (more === '' ? 0 : widthOf(more) + 2);
	let shown = hints;
	while (shown.length > 1 && lineWidth(hintSpans(shown)) > room) shown = oneLess(shown);
	return more === '' ? hintSpans(shown) : apart(hintSpans(shown), [{text: more, tone: 'quiet'}], width);
};

const ruleLine = ({width}: Layout): Line => [{text: '─'.repeat(width), tone: 'quiet'}];

/** Says that there are more lines, and the key that scrolls to them. */
const moreText = (top: number, count: number, height: number): string => {
	const above = top > 0;
	const below = top + height < count;
	if (above && below) return 'PgUp/PgDn ↕';
	return above ? 'PgUp ↑' : below ? 'PgDn ↓' : '';
};

/** Every line of the screen, from top to bottom. */
export const screenLines = (state: WizardState, title: Title): readonly Line[] => {
	const layout = layoutOf(state.size);
	const body = bodyOf(state);
	const more = moreText(body.top, body.lines.length, body.height);
	const rule = layout.compact ? [] : [ruleLine(layout)];
	const shown = body.lines.slice(body.top, body.top + body.height);
	return [
		titleLine(title, state, layout.width),
		...rule,
		...shown,
		...Array<Line>(body.height - shown.length).fill([]),
		...body.fixed,
		...rule,
		footerLine(hintsOf(state), more, layout.width),
	];
};
