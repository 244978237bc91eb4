import type {Action} from '../../platform/actions/action.ts';
import {changesContent, isFileAction, type FileAction} from '../../platform/actions/change-file.ts';
import type {Facts} from '../../platform/facts.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';

/** A part of a plan in words: its actions from `from` to before `to`. */
export interface PlanStep {
	/** A phrase without a final period, such as `Create the service`. */
	readonly title: string;
	readonly from: number;
	readonly to: number;
}

const serviceTitles = {
	lingering: 'Turn on lingering',
	enable: 'Turn on automatic start',
	stop: 'Stop Vira',
	start: 'Start Vira',
} as const;

const fileTitle = (action: FileAction, facts: Facts): string | undefined => {
	const {settings, initialState} = filesOf(facts);
	const isDeleted = action.does === 'delete-file';
	const isOurs = [settings, initialState, ...facts.serviceFiles].includes(action.path);
	if (isOurs && !changesContent(action)) return 'Correct the permissions of the files';
	if (action.path === settings) return 'Save your settings';
	if (action.path === initialState) return `${isDeleted ? 'Delete' : 'Write'} the list of your repositories`;
	if (!facts.serviceFiles.includes(action.path)) return undefined;
	if (isDeleted) return 'Delete the earlier service file';
	return action.before ? 'Change the service' : 'Create the service';
};

/** The title of the step that an action is the main part of. */
const titleOf = (action: Action, facts: Facts): string | undefined => {
	if (isFileAction(action)) return fileTitle(action, facts);
	if (action.does === 'move')
		return action.to.includes('/before-reset-') ? 'Move the old state aside' : 'Use the former state again';
	if (action.does === 'save-export') return "Back up Vira's repositories";
	if (action.does === 'run' && action.step !== undefined) return action.step;
	// A build.
	if (action.does === 'run' && action.withinMs !== undefined) return 'Build or download what Nix provides';
	const step = managerOf(facts).stepOf(action);
	return step && serviceTitles[step];
};

/** What only confirms the action before it. */
const belongsToPrevious = ({does}: Action): boolean => does === 'wait-for';

/**
 * The steps of a plan, in order: every action belongs to one. What prepares an action, such as a new folder, belongs to
 * its step, and the end of the plan to the last one.
 */
export const planSteps = (actions: readonly Action[], facts: Facts): readonly PlanStep[] => {
	const steps: PlanStep[] = [];
	let from = 0;
	for (const [index, action] of actions.entries()) {
		const last = steps.at(-1);
		const title = titleOf(action, facts);
		const isMore =
			last !== undefined && (title === last.title || (from === index && belongsToPrevious(action)));
		if (title === undefined && !isMore) continue;
		if (isMore) steps[steps.length - 1] = {...last, to: index + 1};
		else steps.push({title: title ?? '', from, to: index + 1});
		from = index + 1;
	}
	const last = steps.at(-1);
	if (last === undefined)
		return actions.length === 0 ? [] : [{title: 'Record what is set up', from: 0, to: actions.length}];
	return [...steps.slice(0, -1), {...last, to: actions.length}];
};
