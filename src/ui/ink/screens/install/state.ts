import {maskLooks} from '../../../../settings/secrets/mask-looks.ts';
import {detailsOf} from '../../../../platform/actions/kinds.ts';
import type {HealthCheck, OfAction, Progress} from '../../../../platform/actions/action.ts';
import type {Finding} from '../../../../platform/actions/action-kind.ts';
import {printable} from '../../../text.ts';
import {checkTexts, describeAction} from '../../../words/describe.ts';
import {isSaidAgain} from '../../../words/progress-lines.ts';
import type {InstallRow, InstallState, ShownRow, WizardEvent, WizardState} from '../../wizard-model.ts';

export const nothingYet: InstallState = {stream: 0, steps: [], rows: [], detailed: false};

interface Told {
	readonly progress: Progress;
	readonly nowMs: number;
	readonly home: string;
}

const withRow = (state: InstallState, row: InstallRow): InstallState => {
	const index = state.rows.findIndex(({id}) => id === row.id);
	return {...state, rows: index < 0 ? [...state.rows, row] : state.rows.with(index, row)};
};

const ended = (state: InstallState, id: string, end: Partial<InstallRow>): InstallState => ({
	...state,
	rows: state.rows.map((row) => (row.id === id ? {...row, ...end} : row)),
});

const begun = (id: string, text: string, nowMs: number): InstallRow => ({
	id,
	text,
	at: 'running',
	beganMs: nowMs,
	endedMs: undefined,
});

/** A finding replaces its wait; a service that does not start at boot may be intended. */
const findingRow = (state: InstallState, finding: Finding, nowMs: number): InstallRow => {
	const id = `${state.stream} check ${finding.code}`;
	const vital = finding.code === 'running' || finding.code === 'responding';
	const at = finding.level === 'ok' ? 'done' : vital ? 'failed' : 'concern';
	const before = state.rows.find((row) => row.id === id);
	return {
		...begun(id, finding.message, before?.beganMs ?? nowMs),
		at,
		endedMs: nowMs,
		saidAgain: isSaidAgain(finding),
	};
};

/** Ends the other waits, which have no finding yet. */
const otherWaitsOver = (state: InstallState, id: string, nowMs: number): InstallState => ({
	...state,
	rows: state.rows.map((row) =>
		row.withinMs !== undefined && row.at === 'running' && row.id !== id
			? {...row, at: 'done', endedMs: nowMs}
			: row,
	),
});

const withCheck = (state: InstallState, what: HealthCheck, told: Told): InstallState => {
	const {progress, nowMs} = told;
	if (progress.at !== 'checking') return state;
	const id = `${state.stream} check ${what}`;
	return withRow(otherWaitsOver(state, id, nowMs), {
		...begun(id, checkTexts[what], nowMs - progress.elapsedMs),
		withinMs: progress.withinMs,
	});
};

/** The step of a plan that an action belongs to; to undo them all is one more. */
const stepOf = ({stream, steps}: InstallState, {index}: OfAction, undo: boolean): InstallRow['step'] => {
	if (steps.length === 0) return undefined;
	if (undo) return {id: `${stream} undo`, title: 'Undo the changes', ends: true};
	const step = steps.find(({to}) => index < to);
	return step && {id: `${stream} step ${step.from}`, title: step.title, ends: step.to === index + 1};
};

const isUndo = ({at}: Progress): boolean => at === 'undoing' || at === 'undone' || at === 'not-undone';

const installAfter = (state: InstallState, told: Told): InstallState => {
	const {progress, nowMs, home} = told;
	if (progress.at === 'checking') return withCheck(state, progress.what, told);
	if (progress.at === 'checked') return withRow(state, findingRow(state, progress.finding, nowMs));
	const undo = isUndo(progress);
	const id = `${state.stream} ${undo ? 'undo' : 'do'} ${progress.index}`;
	switch (progress.at) {
		case 'started':
		case 'undoing': {
			const text = `${undo ? 'Undo: ' : ''}${describeAction(progress.action, home)}`;
			const details = detailsOf(progress.action).map(maskLooks);
			return withRow(state, {...begun(id, text, nowMs), step: stepOf(state, progress, undo), details});
		}
		case 'working':
			return ended(state, id, {line: progress.line});
		case 'finished':
		case 'undone':
			return ended(state, id, {at: 'done', endedMs: nowMs});
		case 'failed':
		case 'not-undone':
			return ended(state, id, {at: 'failed', endedMs: nowMs, why: progress.failure.message});
	}
};

const stepsOf = ({screen, install}: WizardState): InstallState['steps'] => {
	if (screen.at === 'accepted') return screen.proposal.preview.steps;
	return screen.at === 'install' ? install.steps : [];
};

const withStream = (state: WizardState): WizardState => ({
	...state,
	screen: {at: 'install'},
	install: {...state.install, stream: state.install.stream + 1, steps: stepsOf(state)},
});

const progressed = (state: WizardState, event: Extract<WizardEvent, {type: 'progressed'}>): WizardState => {
	const told = {...event, home: state.facts?.user.home ?? ''};
	return {...state, install: installAfter(state.install, told)};
};

/** Every change during an installation; undefined: another kind of event. */
export const installEventAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	switch (event.type) {
		case 'followed':
			return withStream(state);
		case 'progressed':
			return progressed(state, event);
		case 'detailed':
			return {...state, install: {...state.install, detailed: !state.install.detailed}};
		default:
			return undefined;
	}
};

/** A step with one action more. */
const withAction = (step: ShownRow, action: InstallRow): ShownRow => ({
	...step,
	at: step.at === 'failed' || (action.at === 'done' && !action.step?.ends) ? step.at : action.at,
	endedMs: action.endedMs,
	line: action.line,
	why: [step.why, action.why].filter((why) => why !== undefined).join(' ') || undefined,
	actions: [...(step.actions ?? []), action],
});

/** What is shown: each step of the plan with its actions, and everything that belongs to no step. */
export const shownRows = (rows: readonly InstallRow[]): readonly ShownRow[] => {
	const shown: ShownRow[] = [];
	for (const row of rows) {
		const {step} = row;
		const before = shown.find(({id}) => id === step?.id);
		if (!step) shown.push(row);
		else if (before) shown[shown.indexOf(before)] = withAction(before, row);
		else shown.push(withAction(begun(step.id, step.title, row.beganMs), row));
	}
	const last = shown.findLastIndex(({actions}) => actions);
	// A step that another one follows was interrupted.
	return shown.map((row, index) =>
		row.actions && row.at === 'running' && index < last ? {...row, at: 'concern'} : row,
	);
};

/** At the end, what is still running was interrupted. */
const signs: Readonly<Record<InstallRow['at'], string>> = {
	running: '!',
	done: '✔',
	failed: '✖',
	concern: '!',
};

/** What was done, as it stays in the terminal after the wizard's screen closes. */
export const installText = ({rows}: InstallState): readonly string[] =>
	shownRows(rows)
		.filter(({saidAgain}) => !saidAgain)
		.flatMap(({at, text, why}) => [
			`${signs[at]} ${text}`,
			...(why === undefined ? [] : [`    ${printable(why)}`]),
		]);
