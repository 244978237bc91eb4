import {failureFrom} from '../platform/machine-failure.ts';
import {Cancelled, exitCode, SetupError, type Failure} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {commandText} from '../platform/command-text.ts';
import {maskLines} from '../settings/secret-looks.ts';
import type {Action} from '../platform/actions/action.ts';
import {apply, undo} from '../steps/execute/apply.ts';
import {findCause} from '../steps/verify/find-cause.ts';
import {unhealthy} from '../steps/verify/unhealthy.ts';
import {shortened} from '../platform/service-manager/excerpt.ts';
import {loadFiles} from '../steps/load/load.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Outcome} from '../steps/execute/outcome.ts';
import {maskFailure, type Verdict} from '../platform/actions/progress.ts';
import type {Proposal} from '../steps/plan/propose.ts';
import type {Existing} from '../platform/installed/situation.ts';
import {verify} from '../steps/verify/verify.ts';
import type {Ui} from '../ui/ui.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {alone} from '../steps/execute/with-lock.ts';
import type {Run} from './run.ts';
import {notAsBefore} from '../steps/execute/service-back.ts';

/** The part of a front end that it needs. */
type Following = Pick<Ui, 'follow'>;

interface Context extends Run {
	readonly facts: Facts;
	readonly existing: Existing;
}

/** A process that runs this long has started (Vira fails within its first second, or not at all). */
export const steadyMs = 3000;

/** A preview can be minutes old: what it showed must still be what is there. */
const demandSameFiles = async ({system, facts, existing}: Context): Promise<void> => {
	const now = await loadFiles(system, facts);
	const paths = new Set([...existing.files.keys(), ...now.files.keys()]);
	const changed = [...paths].filter(
		(path) => existing.files.get(path)?.content !== now.files.get(path)?.content,
	);
	if (changed.length === 0) return;
	throw new SetupError({
		message: `${changed.join(', ')} changed since the preview. Nothing was done.`,
		fixes: ['Run vira-setup again to see the new preview.'],
		exit: exitCode.refused,
	});
};

const maskedVerdict = (verdict: Verdict, {mask}: Proposal): Verdict => ({
	...verdict,
	findings: verdict.findings.map((one) => ({...one, message: mask(one.message)})),
	log: shortened(maskLines(verdict.log, mask)),
});

const check = async (
	proposal: Proposal,
	{system, facts, request, signal}: Context,
	ui: Following,
): Promise<Verdict> => {
	const restarted = proposal.actions.some(managerOf(facts).isStart);
	const patience = {withinMs: request.withinMs, steadyMs: restarted ? steadyMs : 0, restarted, signal};
	return maskedVerdict(await ui.follow(verify(system, proposal.settings, {facts, patience})), proposal);
};

/** What could not be undone, and how the service differs from before. */
const withService = async (
	notUndone: readonly Failure[],
	{mask, actions}: Proposal,
	{system, facts}: Context,
): Promise<readonly Failure[]> => [
	...notUndone.map((one) => maskFailure(one, mask)),
	...(await notAsBefore(system, {facts, actions, notUndone})),
];

const takeBack = async (
	{proposal, done}: {readonly proposal: Proposal; readonly done: readonly Action[]},
	context: Context,
	ui: Following,
): Promise<readonly Failure[]> => {
	return withService(await ui.follow(undo(done, context.system)), proposal, context);
};

const failureOn = async (
	verdict: Verdict,
	{settings, mask}: Proposal,
	{system, facts}: Context,
): Promise<Failure> => {
	const cause = await findCause(system, {settings, again: 'vira-setup', ...verdict});
	return maskFailure(unhealthy(verdict, cause, commandText(managerOf(facts).commands.log)), mask);
};

/** Checks that Vira is healthy with the changes, and undoes them if it is not. */
const conclude = async (
	proposal: Proposal,
	done: readonly Action[],
	{context, ui}: {readonly context: Context; readonly ui: Following},
): Promise<Outcome> => {
	const verdict = await check(proposal, context, ui);
	if (context.signal.aborted)
		return {outcome: 'cancelled', undone: true, notUndone: await takeBack({proposal, done}, context, ui)};
	if (verdict.healthy) {
		const change = context.existing.saved ? 'updated' : 'installed';
		return {outcome: done.length === 0 ? 'unchanged' : change, proposal, verdict};
	}
	// The cause can be seen only before the changes are undone.
	const failure = await failureOn(verdict, proposal, context);
	const keeps = context.request.keepOnFailure || done.length === 0;
	const notUndone = keeps ? [] : await takeBack({proposal, done}, context, ui);
	return {outcome: 'failed', proposal, verdict, failure, undone: !keeps, notUndone};
};

const applyAndConclude = async (proposal: Proposal, context: Context, ui: Following): Promise<Outcome> => {
	const applied = await ui.follow(apply(proposal.actions, context.system, context.signal));
	if (applied.result !== 'done') {
		const notUndone = await withService(applied.notUndone, proposal, context);
		if (applied.result === 'cancelled') return {outcome: 'cancelled', undone: true, notUndone};
		const failure = maskFailure(applied.failure, proposal.mask);
		return {outcome: 'failed', proposal, failure, undone: true, notUndone};
	}
	try {
		return await conclude(proposal, applied.done, {context, ui});
	} catch (error) {
		// Whatever failed, unverified changes are undone.
		const notUndone = await takeBack({proposal, done: applied.done}, context, ui);
		if (error instanceof Cancelled) return {outcome: 'cancelled', undone: true, notUndone};
		const failure = maskFailure(failureFrom(error), proposal.mask);
		return {outcome: 'failed', proposal, failure, undone: true, notUndone};
	}
};

/** Applies what was accepted, under the lock, checks that Vira is healthy, and undoes everything if it is not. */
export const carryOut = async (proposal: Proposal, context: Context, ui: Following): Promise<Outcome> => {
	if (proposal.actions.length === 0) return conclude(proposal, [], {context, ui});
	return alone(context, async () => {
		await untilAborted(demandSameFiles(context), context.signal);
		return applyAndConclude(proposal, context, ui);
	});
};
