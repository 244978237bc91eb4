import {exitCode, SetupError, type Complaint} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {commandText} from '../platform/command-text.ts';
import type {Action} from '../steps/action.ts';
import {apply, undo} from '../steps/apply.ts';
import {load} from '../steps/load.ts';
import {managerOf} from '../steps/managers.ts';
import type {Outcome} from '../steps/outcome.ts';
import type {Verdict} from '../steps/progress.ts';
import type {Proposal} from '../steps/propose.ts';
import type {Existing} from '../steps/situation.ts';
import {verify} from '../steps/verify.ts';
import type {Ui} from '../ui/ui.ts';
import type {Run} from './run.ts';

interface Context extends Run {
	readonly facts: Facts;
	readonly existing: Existing;
}

/** A service that lives this long with one process has come up (Vira fails within its first second, or not at all). */
const steadyMs = 3000;

const unhealthy = ({findings, log}: Verdict, facts: Facts): Complaint => ({
	what: 'Vira does not run as it should.',
	why: findings
		.filter(({good, code}) => !good && (code === 'running' || code === 'answering'))
		.map(({sentence}) => sentence)
		.join('\n'),
	next: [commandText(managerOf(facts).commands.log)],
	log,
	code: exitCode.unhealthy,
});

/** A preview can be minutes old: what it showed must still be what is there. */
const demandSameFiles = async ({system, facts, existing}: Context): Promise<void> => {
	const now = await load(system, facts);
	const paths = new Set([...existing.files.keys(), ...now.files.keys()]);
	const changed = [...paths].filter(
		(path) => existing.files.get(path)?.content !== now.files.get(path)?.content,
	);
	if (changed.length === 0) return;
	throw new SetupError({
		what: `${changed.join(', ')} changed since the preview was made. Nothing was done.`,
		next: ['Start vira-setup again to see what it would do now.'],
		code: exitCode.refused,
	});
};

const anotherRun = (holder: number | undefined): SetupError =>
	new SetupError({
		what: `Another vira-setup is at work here${holder === undefined ? '' : ` (process ${holder})`}. Nothing was done.`,
		next: ['Wait until it has ended, then start again.'],
		code: exitCode.unsuitable,
	});

const check = (proposal: Proposal, {system, facts, request, signal}: Context, ui: Ui): Promise<Verdict> => {
	const startedAnew = proposal.actions.some(managerOf(facts).isStart);
	const patience = {withinMs: request.withinMs, steadyMs: startedAnew ? steadyMs : 0, startedAnew, signal};
	return ui.follow(verify(system, proposal.settings, {facts, patience}));
};

const takeBack = (done: readonly Action[], {system}: Context, ui: Ui): Promise<readonly Complaint[]> =>
	ui.follow(undo(done, system));

/** Looks whether what was done holds, and puts back what was there before where it does not. */
const conclude = async (
	proposal: Proposal,
	done: readonly Action[],
	{context, ui}: {readonly context: Context; readonly ui: Ui},
): Promise<Outcome> => {
	const verdict = await check(proposal, context, ui);
	if (context.signal.aborted)
		return {outcome: 'cancelled', undone: true, notUndone: await takeBack(done, context, ui)};
	if (verdict.healthy) {
		const change = context.existing.saved ? 'updated' : 'installed';
		return {outcome: done.length === 0 ? 'unchanged' : change, proposal, verdict};
	}
	const keeps = context.request.keepOnFailure || done.length === 0;
	const notUndone = keeps ? [] : await takeBack(done, context, ui);
	const complaint = unhealthy({...verdict, log: verdict.log.map(proposal.mask)}, context.facts);
	return {outcome: 'failed', proposal, verdict, complaint, undone: !keeps, notUndone};
};

const masked = (complaint: Complaint, mask: (text: string) => string): Complaint => ({
	...complaint,
	...(complaint.why !== undefined && {why: mask(complaint.why)}),
	...(complaint.log && {log: complaint.log.map(mask)}),
});

const applyAndConclude = async (proposal: Proposal, context: Context, ui: Ui): Promise<Outcome> => {
	const applied = await ui.follow(apply(proposal.actions, context.system, context.signal));
	if (applied.result === 'cancelled')
		return {outcome: 'cancelled', undone: true, notUndone: applied.notUndone};
	if (applied.result === 'undone') {
		const complaint = masked(applied.complaint, proposal.mask);
		return {outcome: 'failed', proposal, complaint, undone: true, notUndone: applied.notUndone};
	}
	try {
		return await conclude(proposal, applied.done, {context, ui});
	} catch (error) {
		// Whatever went wrong: nothing is left half looked at.
		await takeBack(applied.done, context, ui);
		throw error;
	}
};

/** Does what was accepted, alone on this machine, looks whether it holds, and takes it back where it does not. */
export const carryOut = async (proposal: Proposal, context: Context, ui: Ui): Promise<Outcome> => {
	if (proposal.actions.length === 0) return conclude(proposal, [], {context, ui});
	const lock = await context.system.lock();
	if (!lock.taken) throw anotherRun(lock.holder);
	try {
		await demandSameFiles(context);
		return await applyAndConclude(proposal, context, ui);
	} finally {
		lock.release();
	}
};
