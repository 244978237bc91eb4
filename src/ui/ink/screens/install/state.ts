import {maskLooks} from '../../../../settings/secrets/mask-looks.ts';
import {type Action} from '../../../../platform/actions/action.ts';
import {detailsOf} from '../../../../platform/actions/kinds.ts';
import type {HealthCheck, Progress} from '../../../../platform/actions/progress.ts';
import type {Finding} from '../../../../platform/actions/action-kind.ts';
import {printable} from '../../../printable.ts';
import {checkTexts, describeAction} from '../../../words/describe.ts';
import {isSaidAgain} from '../../../words/progress-lines.ts';
import type {InstallRow, InstallState, WizardEvent, WizardState} from '../../wizard-model.ts';

export const nothingYet: InstallState = {stream: 0, rows: [], detailed: false};

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

const checking = (state: InstallState, what: HealthCheck, told: Told): InstallState => {
	const {progress, nowMs} = told;
	if (progress.at !== 'checking') return state;
	const id = `${state.stream} check ${what}`;
	return withRow(otherWaitsOver(state, id, nowMs), {
		...begun(id, checkTexts[what], nowMs - progress.elapsedMs),
		withinMs: progress.withinMs,
	});
};

const aboutAction = (action: Action): Pick<InstallRow, 'does' | 'details'> => ({
	does: action.does,
	details: detailsOf(action).map(maskLooks),
});

const installAfter = (state: InstallState, told: Told): InstallState => {
	const {progress, nowMs, home} = told;
	if (progress.at === 'checking') return checking(state, progress.what, told);
	if (progress.at === 'checked') return withRow(state, findingRow(state, progress.finding, nowMs));
	const text = describeAction(progress.action, home);
	const forth = `${state.stream} do ${progress.index}`;
	const back = `${state.stream} undo ${progress.index}`;
	switch (progress.at) {
		case 'started':
			return withRow(state, {...begun(forth, text, nowMs), ...aboutAction(progress.action)});
		case 'working':
			return ended(state, forth, {line: progress.line});
		case 'finished':
			return ended(state, forth, {at: 'done', endedMs: nowMs});
		case 'failed':
			return ended(state, forth, {at: 'failed', endedMs: nowMs, why: progress.failure.message});
		case 'undoing':
			return withRow(state, {...begun(back, `Undo: ${text}`, nowMs), ...aboutAction(progress.action)});
		case 'undone':
			return ended(state, back, {at: 'done', endedMs: nowMs});
		case 'not-undone':
			return ended(state, back, {at: 'failed', endedMs: nowMs, why: progress.failure.message});
	}
};

const followed = (state: WizardState): WizardState => ({
	...state,
	screen: {at: 'install'},
	install: {...state.install, stream: state.install.stream + 1},
});

const progressed = (state: WizardState, event: Extract<WizardEvent, {type: 'progressed'}>): WizardState => {
	const told = {...event, home: state.facts?.user.home ?? ''};
	return {...state, install: installAfter(state.install, told)};
};

/** Every change during an installation; undefined: another kind of event. */
export const installEventAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	switch (event.type) {
		case 'followed':
			return followed(state);
		case 'progressed':
			return progressed(state, event);
		case 'detailed':
			return {...state, install: {...state.install, detailed: !state.install.detailed}};
		default:
			return undefined;
	}
};

const isFolderMade = ({does, at}: InstallRow): boolean => does === 'make-folder' && at === 'done';

/** Combines created folders that follow each other into one row. */
export const withFoldersJoined = (rows: readonly InstallRow[]): readonly InstallRow[] => {
	const shown: InstallRow[] = [];
	let count = 0;
	for (const row of rows) {
		const last = shown.at(-1);
		count = last && isFolderMade(last) && isFolderMade(row) ? count + 1 : 1;
		if (count > 1 && last) shown[shown.length - 1] = {...last, ...row, text: `Create ${count} folders`};
		else shown.push(row);
	}
	return shown;
};

const signs: Readonly<Record<InstallRow['at'], string>> = {
	running: '⠋',
	done: '✔',
	failed: '✖',
	concern: '!',
};

/** What was done, as it stays in the terminal after the wizard's screen closes. */
export const installText = ({rows}: InstallState): readonly string[] =>
	rows
		.filter(({saidAgain}) => !saidAgain)
		.flatMap(({at, text, why}) => [
			`${signs[at]} ${text}`,
			...(why === undefined ? [] : [`    ${printable(why)}`]),
		]);
