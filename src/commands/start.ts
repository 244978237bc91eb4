import {exitCode, SetupError, Cancelled, type ExitCode, type Failure, untilAborted} from '../errors.ts';
import {kindOf, type CommandRun} from '../command-line/request.ts';
import type {Action} from '../platform/actions/action.ts';
import {withRootAsked} from '../platform/actions/kinds.ts';
import type {Facts} from '../platform/facts.ts';
import type {Existing} from '../platform/installed/situation.ts';
import {failureFrom} from '../platform/run-result.ts';
import {proxyFor} from '../platform/network/address.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {seeLog, showLog, startVira, outOfOldState} from '../platform/service-manager/service-words.ts';
import type {Settings} from '../settings/options.ts';
import {masker} from '../settings/secrets/masker.ts';
import {refusedTogether, refuseAdvice} from '../ui/error-report.ts';
import {detect} from '../steps/detect.ts';
import {lockUnlessPlanning, plannedOutcome} from './stop.ts';
import {execute, type Execution, type Goal} from '../steps/execute/execute.ts';
import {exitCodeOf, leftIn, type ServiceLeft, type ServiceOutcome} from '../steps/execute/outcome.ts';
import {leftNow} from '../steps/execute/service-back.ts';
import {demandInstallation} from '../steps/health/installation.ts';
import {proposer} from '../steps/plan/propose.ts';
import {demandStart} from '../steps/verify/healthy.ts';
import {whyUnhealthy} from '../steps/verify/find-cause.ts';
import {verify} from '../steps/verify/verify.ts';
import type {Output} from '../ui/output.ts';
import {serviceUi} from '../ui/reports/service-ui.ts';

/** A service that was set up, and the machine that is to run it. */
interface ServiceToStart extends CommandRun {
	readonly facts: Facts;
	readonly settings: Settings;
	readonly existing: Existing;
}

const findServiceToStart = async (run: CommandRun): Promise<ServiceToStart> => {
	const facts = await detect(run.system);
	const installation = await demandInstallation(run.system, facts);
	if (installation.is === 'unreadable') throw new SetupError(installation.failure);
	const {settings, existing} = installation;
	return {...run, facts, settings, existing};
};

/** Throws the reason why the service cannot be started here. */
const demandStartable = ({facts, settings}: ServiceToStart): void => {
	const {refusals, byHand} = managerOf(facts);
	// A mask may be intended, so it prevents setup; but a person who runs start wants it gone.
	const refused = refusals.filter(({code}) => code !== 'masked');
	if (refused.length > 0) refuseAdvice(refused);
	const failure = byHand.unmask.length > 0 ? undefined : byHand.cannotStart(settings);
	if (failure) throw new SetupError(failure);
};

/** For a masked service: the mask has replaced its file, so the file is rewritten as setup would. */
const unmask = async ({system, facts, settings, existing}: ServiceToStart): Promise<readonly Action[]> => {
	const proposed = await proposer(system, facts, existing)(settings);
	if (!proposed.good) throw refusedTogether(proposed.problems, []);
	const reset = proposed.proposal.preview.warnings.find(({code}) => code === 'state-reset');
	if (reset)
		throw new SetupError({
			message: reset.message,
			reason: 'schema-mismatch',
			fixes: outOfOldState(settings),
			exit: exitCode.refused,
		});
	return [...managerOf(facts).byHand.unmask, ...proposed.proposal.actions];
};

/** Empty, if there is nothing to do. Throws before anything is stopped if the start would fail. */
const planStart = async (
	subject: ServiceToStart,
	command: 'start' | 'restart',
): Promise<readonly Action[]> => {
	const {facts, settings} = subject;
	const {byHand} = managerOf(facts);
	if (byHand.unmask.length > 0 && facts.service.active !== 'active') return unmask(subject);
	const actions = byHand[command](settings);
	if (actions.length > 0) await demandStart(subject);
	return withRootAsked(actions);
};

/** Not every start can be undone, so `as-before` depends on what runs now, down to the process. */
const leftBy = async (
	{system, facts}: ServiceToStart,
	notUndone: readonly Failure[],
): Promise<ServiceLeft> => {
	const {service} = facts;
	const state = await managerOf(facts)
		.readState(system)
		.catch(() => undefined);
	const left = state ? leftIn(state) : 'unknown';
	const isSame = left === leftIn(service) && state?.mainPid === service.mainPid;
	return isSame && left !== 'unknown' && notUndone.length === 0 ? 'as-before' : left;
};

/** Whether the manager started a process although it reports a failure: then the health of that process counts. */
const hasTried = async ({system, facts}: ServiceToStart, {exit}: Failure): Promise<boolean> => {
	if (exit !== exitCode.unhealthy) return false;
	const {active, mainPid} = await managerOf(facts).readState(system);
	const isOldProcess = active === 'active' && mainPid === facts.service.mainPid;
	return active !== 'inactive' && active !== 'unknown' && !isOldProcess;
};

interface Starting extends ServiceToStart, Pick<Execution, 'follow'> {
	readonly actions: readonly Action[];
}

const checkStarted = async (run: Starting, done: readonly Action[]): Promise<ServiceOutcome> => {
	const {system, facts, settings, actions, signal, follow, request} = run;
	const {byHand, readState} = managerOf(facts);
	const {withinMs} = request;
	const watching = verify(system, byHand.asPlaced(settings), {facts, actions, withinMs, signal});
	const verdict = await follow(watching);
	if (signal.aborted) throw new Cancelled();
	const state = await readState(system);
	if (verdict.healthy) {
		const change = facts.service.active === 'active' ? 'restarted' : 'started';
		return {outcome: done.length === 0 ? 'unchanged' : change, verdict, process: state.mainPid};
	}
	// The start that just failed is not advice, and the command that shows the log follows anyway.
	const useless = [startVira, seeLog, showLog];
	const checked = {settings, again: 'vira-setup restart', useless, log: showLog};
	const failure = await whyUnhealthy(system, verdict, checked);
	const changed = done.length > 0;
	return {outcome: 'failed', failure, verdict, left: leftIn(state), changed, undone: false, notUndone: []};
};

/** The goal of a start: Vira runs and is healthy. An unhealthy one is not stopped: a start does not change the setup. */
const started = (run: Starting): Goal<ServiceOutcome> => ({
	unchecked: 'leave',
	isReachedAnyway: (failure) => hasTried(run, failure),
	check: (done) => checkStarted(run, done),
	afterUndo: async (notUndone) => ({notUndone, left: await leftBy(run, notUndone)}),
});

/** Vira may be healthy if only the check failed: what it does now is reported. */
const executeStart = async (run: Starting): Promise<ServiceOutcome> => {
	const {system, facts, actions} = run;
	try {
		return await execute(actions, run, started(run));
	} catch (error) {
		const left = await leftNow(system, facts);
		const changed = actions.length > 0;
		const failure = failureFrom(error);
		return {outcome: 'failed', failure, left, changed, undone: false, notUndone: []};
	}
};

/** Starts or restarts the service that is set up, and checks that it is healthy. */
export const startWith = (command: 'start' | 'restart', run: CommandRun, output: Output): Promise<ExitCode> =>
	lockUnlessPlanning(run, async (locked) => {
		const subject = await untilAborted(findServiceToStart(locked), run.signal);
		demandStartable(subject);
		const actions = await untilAborted(planStart(subject, command), run.signal);
		const {facts, settings, request} = subject;
		const shown = {facts, actions, mask: masker(settings), proxy: proxyFor(settings)};
		const ui = serviceUi(output, {command, ...kindOf(request), ...shown});
		// If there is nothing to do, the result says everything.
		const follow = actions.length > 0 ? ui.follow : ui.waitFor;
		const outcome = request.dryRun
			? plannedOutcome(actions, facts)
			: await executeStart({...subject, actions, follow});
		ui.conclude(outcome);
		return exitCodeOf(outcome, request);
	});

/** Starts the service. */
export const start = (run: CommandRun, output: Output): Promise<ExitCode> => startWith('start', run, output);

/** Starts the service in a new process. */
export const restart = (run: CommandRun, output: Output): Promise<ExitCode> =>
	startWith('restart', run, output);
