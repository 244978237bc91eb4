import {failureFrom} from '../platform/machine-failure.ts';
import {exitCode, type Failure, type ExitCode} from '../errors.ts';
import {proxyFor} from '../platform/network/address.ts';
import {masker} from '../settings/secrets.ts';
import type {Action} from '../platform/actions/action.ts';
import {apply, undo} from '../steps/execute/apply.ts';
import {findCause} from '../steps/verify/find-cause.ts';
import {unhealthy} from '../steps/verify/unhealthy.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Applied, Verdict} from '../platform/actions/progress.ts';
import {
	exitCodeOf,
	leftIn,
	notApplied,
	type Left,
	type ServiceOutcome,
} from '../steps/execute/service-outcome.ts';
import {seeLog, showLog, startVira} from '../platform/service-manager/usual-fixes.ts';
import {verify, type Patience} from '../steps/verify/verify.ts';
import type {Output} from '../ui/output.ts';
import {serviceUi, type ServiceUi} from '../ui/reports/service-ui.ts';
import {steadyMs} from './execute-setup.ts';
import {kindOf} from './run.ts';
import type {Subject} from './startable.ts';

interface Asked extends Subject {
	readonly verb: 'start' | 'restart';
	/** Empty, if it is already running. */
	readonly actions: readonly Action[];
}

/** The report on an unhealthy service, with the cause. */
const failureOn = async (verdict: Verdict, {system, settings}: Asked): Promise<Failure> => {
	const cause = await findCause(system, {settings, again: 'vira-setup restart', ...verdict});
	// The start that just failed is not advice, and the command that shows the log follows anyway.
	const fixes = cause?.fixes.filter((one) => ![startVira, seeLog, showLog].includes(one));
	return unhealthy(verdict, cause && {...cause, fixes: fixes ?? []}, showLog);
};

/** `unknown` if the machine cannot report even that. */
export const leftNow = async ({system, facts}: Pick<Subject, 'system' | 'facts'>): Promise<Left> =>
	managerOf(facts)
		.readState(system)
		.then(leftIn, () => 'unknown');

/** Not every start can be undone, so `as-before` depends on what runs now, down to the process. */
const leftBy = async ({system, facts}: Asked, notUndone: readonly Failure[]): Promise<Left> => {
	const {service} = facts;
	const state = await managerOf(facts)
		.readState(system)
		.catch(() => undefined);
	const left = state ? leftIn(state) : 'unknown';
	const isSame = left === leftIn(service) && state?.mainPid === service.mainPid;
	return isSame && left !== 'unknown' && notUndone.length === 0 ? 'as-before' : left;
};

/** Whether the manager started a process although it reports a failure: then the health of that process counts. */
const hasTried = async ({system, facts}: Asked, applied: Applied): Promise<boolean> => {
	if (applied.result !== 'undone' || applied.failure.exit !== exitCode.unhealthy) return false;
	const {active, mainPid} = await managerOf(facts).readState(system);
	const isOldProcess = active === 'active' && mainPid === facts.service.mainPid;
	return active !== 'inactive' && active !== 'unknown' && !isOldProcess;
};

const patienceOf = ({request, signal, actions, facts}: Asked): Patience => {
	const restarted = actions.some(managerOf(facts).isStart);
	return {withinMs: request.withinMs, steadyMs: restarted ? steadyMs : 0, restarted, signal};
};

/** An unhealthy service is not stopped: a start does not change the setup. */
const look = async (asked: Asked, done: readonly Action[], ui: ServiceUi): Promise<ServiceOutcome> => {
	const {system, facts, settings, signal} = asked;
	const manager = managerOf(facts);
	const placed = manager.byHand.asPlaced(settings);
	const looking = verify(system, placed, {facts, patience: patienceOf(asked)});
	// If nothing was done, there is no progress to show: the result says everything.
	const verdict = await (done.length === 0 ? ui.waitFor(looking) : ui.follow(looking));
	if (signal.aborted) {
		const notUndone = await ui.follow(undo(done, system));
		return {outcome: 'cancelled', left: await leftBy(asked, notUndone), notUndone};
	}
	const state = await manager.readState(system);
	if (!verdict.healthy) {
		const failure = await failureOn(verdict, asked);
		return {
			outcome: 'failed',
			failure,
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
	const done = applied.result === 'done' ? applied.done : actions;
	try {
		if (applied.result !== 'done' && !(await hasTried(asked, applied)))
			return notApplied(applied, await leftBy(asked, applied.notUndone));
		return await look(asked, done, ui);
	} catch (error) {
		// Vira may be healthy: only the check failed.
		const failure = failureFrom(error);
		const left = await leftNow(asked);
		return {outcome: 'failed', failure, left, changed: done.length > 0, notUndone: []};
	}
};

/** Starts or restarts the service, checks that it is healthy, and shows the result. */
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
