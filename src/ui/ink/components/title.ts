import type {Screen, WizardState} from '../wizard-model.ts';

export interface Title {
	readonly version: string;
	/** Whether the machine is a simulated one. */
	readonly simulation: boolean;
}

const setupSteps = ['Machine', 'Options', 'Preview', 'Install'];
const removalSteps = ['Preview', 'Removal'];

const stepOf: Readonly<Partial<Record<Screen['at'], number>>> = {
	options: 1,
	looking: 1,
	preview: 2,
	accepted: 2,
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

const wayOf = ({screen: shown, removal}: Pick<WizardState, 'screen' | 'removal'>): Way => {
	const screen = shown.at === 'builds' ? shown.from : shown;
	const isFailure = screen.at === 'menu' && screen.menu.after === 'failure';
	if (['menu', 'menu-left', 'watching', 'left'].includes(screen.at) && !isFailure)
		return {steps: ['Overview'], here: 0};
	return removal
		? {steps: removalSteps, here: screen.at === 'install' ? 1 : 0}
		: {steps: setupSteps, here: stepOf[screen.at] ?? 0};
};

/** Brackets mark the current step for terminals without bold. */
const crumbsOf = ({steps, here}: Way, length: 'long' | 'short' | 'shortest'): readonly string[] => {
	const name = steps[here] ?? '';
	if (steps.length === 1) return [`[${name}]`];
	if (length === 'shortest') return [`[${here + 1}/${steps.length} ${name}]`];
	return steps.map((step, index) => {
		if (index === here) return `[${index + 1} ${step}]`;
		return length === 'long' ? `${index + 1} ${step}` : String(index + 1);
	});
};

interface Titles {
	readonly name: string;
	readonly crumbs: readonly string[];
}

export const betweenCrumbs = ' · ';

/** The name of the program and the steps, as much of both as fits. */
export const titlesOf = (
	{version, simulation}: Title,
	state: Pick<WizardState, 'screen' | 'removal'>,
	width: number,
): Titles => {
	const names = simulation
		? [`Vira setup ${version} (simulated machine)`, 'Vira setup (simulated machine)', 'Simulated machine']
		: [`Vira setup ${version}`, 'Vira setup'];
	const short = names.at(-1) ?? '';
	const way = wayOf(state);
	const shortest = crumbsOf(way, 'shortest');
	const tries = [
		...names.map((name) => ({name, crumbs: crumbsOf(way, 'long')})),
		{name: short, crumbs: crumbsOf(way, 'short')},
		{name: short, crumbs: shortest},
	];
	const fits = ({name, crumbs}: Titles): boolean =>
		name.length + 1 + crumbs.join(betweenCrumbs).length <= width;
	return tries.find(fits) ?? {name: '', crumbs: shortest};
};
