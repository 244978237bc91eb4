import {complaintFor} from '../complaint.ts';
import type {Complaint, ExitCode} from '../errors.ts';
import {proxyFor} from '../platform/address.ts';
import {masker} from '../settings/secrets.ts';
import type {Action} from '../steps/action.ts';
import {apply, undo} from '../steps/apply.ts';
import {detect} from '../steps/detect.ts';
import {managerOf} from '../steps/managers.ts';
import type {Verdict} from '../steps/progress.ts';
import {exitCodeOf, leftIn, notApplied, type Left, type ServiceOutcome} from '../steps/service-outcome.ts';
import {verify, type Patience} from '../steps/verify.ts';
import type {Output} from '../ui/output.ts';
import {serviceUi, type ServiceUi} from '../ui/verbs/service-ui.ts';
import {steadyMs, unhealthy} from './carry-out.ts';
import {kindOf} from './run.ts';
import type {Subject} from './startable.ts';

interface Asked extends Subject {
	readonly verb: 'start' | 'restart';
	/** Nothing, where it runs already. */
	readonly actions: readonly Action[];
}

/** What is told of a service that does not do well, with what its manager knows of why. */
const complaintOn = async (verdict: Verdict, {system, settings}: Asked): Promise<Complaint> => {
	const facts = await detect(system);
	const {why, ...complaint} = unhealthy(verdict, facts);
	const diagnosis = managerOf(facts).diagnose(settings);
	const reasons = [why, ...(diagnosis ? [diagnosis.title, diagnosis.consequence] : [])];
	const log = 'vira-setup logs   shows what it has said';
	// What has just been tried is no advice.
	const mends = diagnosis?.mend.filter((mend) => mend !== 'vira-setup start' && mend !== 'vira-setup logs');
	return {
		...complaint,
		why: reasons.filter((one) => one !== undefined && one !== '').join('\n'),
		next: [...(mends ?? []), log],
	};
};

/** A machine that fails may not even say that. */
export const leftNow = async ({system, facts}: Pick<Subject, 'system' | 'facts'>): Promise<Left> =>
	managerOf(facts)
		.readState(system)
		.then(leftIn, () => 'unknown');

/** A restart has no way back: what ran before is gone. Nor has the start of a service that launchd had already. */
const leftBy = async (asked: Asked, notUndone: readonly Complaint[]): Promise<Left> => {
	const left = await leftNow(asked);
	const wasStarted = left === 'running' && asked.facts.service.active !== 'active';
	return asked.verb === 'start' && notUndone.length === 0 && !wasStarted ? 'as-before' : left;
};

const patienceOf = ({request, signal, actions, facts}: Asked): Patience => {
	const startedAnew = actions.some(managerOf(facts).isStart);
	return {withinMs: request.withinMs, steadyMs: startedAnew ? steadyMs : 0, startedAnew, signal};
};

/** Nothing that runs is stopped because it does not do well: a start is no change of what is set up. */
const look = async (asked: Asked, done: readonly Action[], ui: ServiceUi): Promise<ServiceOutcome> => {
	const {system, facts, settings, signal} = asked;
	const manager = managerOf(facts);
	const placed = manager.byHand.asPlaced(settings);
	const looking = verify(system, placed, {facts, patience: patienceOf(asked)});
	// Where nothing was done, there is no progress to tell of: what is seen stands at the end.
	const verdict = await (done.length === 0 ? ui.waitFor(looking) : ui.follow(looking));
	if (signal.aborted) {
		const notUndone = await ui.follow(undo(done, system));
		return {outcome: 'cancelled', left: await leftBy(asked, notUndone), notUndone};
	}
	const state = await manager.readState(system);
	if (!verdict.healthy) {
		const complaint = await complaintOn(verdict, asked);
		return {
			outcome: 'failed',
			complaint,
			verdict,
			left: leftIn(state),
			changed: done.length > 0,
			notUndone: [],
		};
	}
	const process = state.mainPid;
	if (done.length === 0) return {outcome: 'unchanged', verdict, process};
	const wasRunning = facts.service.active === 'active';
	return {outcome: wasRunning ? 'restarted' : 'started', verdict, process};
};

const carryOut = async (asked: Asked, ui: ServiceUi): Promise<ServiceOutcome> => {
	const {system, actions, signal} = asked;
	const applied = await ui.follow(apply(actions, system, signal));
	if (applied.result !== 'done') return notApplied(applied, await leftBy(asked, applied.notUndone));
	try {
		return await look(asked, applied.done, ui);
	} catch (error) {
		// It may do well: only to look at it failed.
		const complaint = complaintFor(error);
		const left = await leftNow(asked);
		return {outcome: 'failed', complaint, left, changed: applied.done.length > 0, notUndone: []};
	}
};

/** Does what a start or a restart takes, looks whether the service is well, and says so. */
export const bringUp = async (asked: Asked, output: Output): Promise<ExitCode> => {
	const {request, facts, settings, verb} = asked;
	const {home} = facts.user;
	const ui = serviceUi(output, {
		verb,
		...kindOf(request),
		home,
		mask: masker(settings),
		proxy: proxyFor(settings),
	});
	const outcome = await carryOut(asked, ui);
	ui.conclude(outcome);
	return exitCodeOf(outcome);
};
