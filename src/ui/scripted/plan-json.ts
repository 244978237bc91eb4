import type {Action} from '../../platform/actions/action.ts';
import type {FileAction} from '../../platform/actions/change-file.ts';
import {toJson} from '../../platform/actions/kinds.ts';
import type {Facts} from '../../platform/facts.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {modeText} from '../../platform/paths.ts';
import {inReadingOrder, isNote, wholeChanges} from '../../steps/plan/changes.ts';

/** What a run does, or would do. */
export interface PlannedRun {
	readonly actions: readonly Action[];
	readonly facts: Facts;
	/** Hides secrets in the contents of files. */
	readonly mask: (text: string) => string;
}

/** What vira-setup notes for itself, not what Vira or the service manager reads. */
const isBookkeeping = (action: FileAction, facts: Facts): boolean => {
	const {settings, staged} = filesOf(facts);
	return isNote(action, facts) || action.path === settings || action.path === staged;
};

/** A file as `diff` has it; undefined: the plan leaves it as it is. */
const fileDiff = (action: FileAction, {facts, mask}: PlannedRun) => {
	const {path, before} = action;
	const after = action.does === 'write-file' ? action : undefined;
	if (before?.content === after?.content && before?.mode === after?.mode) return undefined;
	const bookkeeping = isBookkeeping(action, facts);
	return {
		path,
		change: before ? (after ? 'changed' : 'deleted') : 'created',
		bookkeeping,
		modeBefore: before ? modeText(before.mode) : null,
		modeAfter: after ? modeText(after.mode) : null,
		...(!bookkeeping && {
			before: before ? mask(before.content) : null,
			after: after ? mask(after.content) : null,
		}),
	};
};

/** Each file once, as it is before the first and after the last action. Moved and purged files are not among them. */
const diffOf = (run: PlannedRun) =>
	inReadingOrder(wholeChanges(run.actions), run.facts)
		.map((action) => fileDiff(action, run))
		.filter((one) => one !== undefined);

/** The plan, and what it makes of the files, unless it was given up. */
export const planPart = (run: PlannedRun, {givenUp}: {readonly givenUp: boolean}) => ({
	plan: run.actions.map(toJson),
	...(!givenUp && {diff: diffOf(run)}),
});

/** Of a run that had nothing to do. */
export const nothingPlanned = {plan: [], diff: []} as const;
