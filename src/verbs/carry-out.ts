import {exitCode, type Complaint} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {commands} from '../platform/linux/systemd.ts';
import type {Action} from '../steps/action.ts';
import {apply, undo} from '../steps/apply.ts';
import type {Outcome} from '../steps/outcome.ts';
import type {Verdict} from '../steps/progress.ts';
import type {Proposal} from '../steps/propose.ts';
import type {Existing} from '../steps/situation.ts';
import {verify} from '../steps/verify.ts';
import type {Ui} from '../ui/ui.ts';
import type {Run} from './setup.ts';

interface Context extends Run {
	readonly facts: Facts;
	readonly existing: Existing;
}

/** A service that lives this long with one process has come up (Vira fails within its first second, or not at all). */
const steadyMs = 3000;

const unhealthy = ({findings, log}: Verdict): Complaint => ({
	what: 'Vira does not run as it should.',
	why: findings
		.filter(({good, code}) => !good && (code === 'running' || code === 'answering'))
		.map(({sentence}) => sentence)
		.join('\n'),
	next: ['journalctl --user -u vira.service'],
	log,
	code: exitCode.unhealthy,
});

const check = (proposal: Proposal, {system, facts, request, signal}: Context, ui: Ui): Promise<Verdict> => {
	const startedAnew = proposal.actions.some(
		(action) => action.does === 'run' && action.command === commands.start,
	);
	const patience = {withinMs: request.withinMs, steadyMs: startedAnew ? steadyMs : 0, startedAnew, signal};
	return ui.follow(verify(system, proposal.settings, {facts, patience}));
};

const takeBack = async (done: readonly Action[], {system}: Context, ui: Ui): Promise<readonly Complaint[]> =>
	ui.follow(undo(done, system));

/** Does what was accepted, looks whether it holds, and puts back what was there before where it does not. */
export const carryOut = async (proposal: Proposal, context: Context, ui: Ui): Promise<Outcome> => {
	const applied = await ui.follow(apply(proposal.actions, context.system, context.signal));
	if (applied.result === 'cancelled')
		return {outcome: 'cancelled', undone: true, notUndone: applied.notUndone};
	if (applied.result === 'undone') {
		return {
			outcome: 'failed',
			proposal,
			complaint: applied.complaint,
			undone: true,
			notUndone: applied.notUndone,
		};
	}
	const verdict = await check(proposal, context, ui);
	if (context.signal.aborted) {
		return {outcome: 'cancelled', undone: true, notUndone: await takeBack(applied.done, context, ui)};
	}
	if (verdict.healthy) {
		const change = context.existing.saved ? 'updated' : 'installed';
		return {outcome: applied.done.length === 0 ? 'unchanged' : change, proposal, verdict};
	}
	const keeps = context.request.keepOnFailure || applied.done.length === 0;
	const notUndone = keeps ? [] : await takeBack(applied.done, context, ui);
	return {
		outcome: 'failed',
		proposal,
		verdict,
		complaint: unhealthy(verdict),
		undone: !keeps,
		notUndone,
	};
};
