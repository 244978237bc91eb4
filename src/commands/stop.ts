import {exitCode, SetupError, type ExitCode, type Failure, untilAborted} from '../errors.ts';
import {kindOf, type CommandRun} from '../command-line/request.ts';
import {withRootAsked} from '../platform/actions/kinds.ts';
import type {Action} from '../platform/actions/action.ts';
import {interruption} from '../steps/plan/preview.ts';
import type {Facts} from '../platform/facts.ts';
import type {ServiceState, RunningProcess} from '../platform/machine-facts.ts';
import {managerOf, findListeners} from '../platform/service-manager/registry.ts';
import {showStatus, endProcesses, stillRunningText} from '../platform/service-manager/service-words.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import {masker} from '../settings/secrets/masker.ts';
import {detect} from '../steps/detect.ts';
import {execute, type Goal, withLock} from '../steps/execute/execute.ts';
import {exitCodeOf, leftIn, type ServiceOutcome} from '../steps/execute/outcome.ts';
import {leftNow} from '../steps/execute/service-back.ts';
import {demandInstallation} from '../steps/health/installation.ts';
import type {Output} from '../ui/output.ts';
import {serviceUi} from '../ui/reports/service-ui.ts';
import {refuseAdvice} from '../ui/error-report.ts';

/** A Vira of this user that has the port, from any unit or terminal: Nix names it `.vira-wrapped`. */
const onPort = async (system: System, {port}: Settings): Promise<readonly RunningProcess[]> => {
	const listeners = await findListeners(system, port, {mainPid: undefined}).catch(() => undefined);
	const holders = (listeners?.seen ?? []).map(({holder}) => holder);
	return holders.flatMap((one) =>
		one.is === 'process' && /^\.?vira\b/u.test(one.name) ? [{pid: one.pid, name: one.name}] : [],
	);
};

/**
 * The processes of a stopped service that are still running: with settings such as KillMode=none, the manager forgets a
 * process without ending it. Settings are undefined if they cannot be read.
 */
export const stillRunning = async (
	system: System,
	facts: Facts,
	settings: Settings | undefined,
): Promise<Failure | undefined> => {
	const {readProcesses, whyNotEnded} = managerOf(facts);
	const left = await readProcesses(system);
	const others = settings && left.length === 0 ? await onPort(system, settings) : [];
	const seen = [...new Map([...left, ...others].map((one) => [one.pid, one])).values()];
	if (seen.length === 0) return undefined;
	return {
		message: stillRunningText(seen),
		detail:
			left.length > 0
				? whyNotEnded
				: `It is not part of the service, but uses its port ${settings?.port ?? ''}.`,
		fixes: [endProcesses(seen)],
		exit: exitCode.refused,
	};
};

interface ServiceToStop extends CommandRun {
	readonly facts: Facts;
	/** undefined if they cannot be read: a service can be stopped without them. */
	readonly settings: Settings | undefined;
}

/** Throws if it is unknown whether the service is running. */
const demandKnown = async (system: System, facts: Facts): Promise<void> => {
	if (facts.service.active !== 'unknown') return;
	const failure = await managerOf(facts).byHand.whyUnknown(system);
	if (failure) throw new SetupError(failure);
};

/** The service, if it may be stopped by us. */
const stoppable = async (run: CommandRun): Promise<ServiceToStop> => {
	const facts = await detect(run.system);
	const installation = await demandInstallation(run.system, facts);
	const others = managerOf(facts).refusals.filter(({code}) => code === 'managed-elsewhere');
	if (others.length > 0) return refuseAdvice(others);
	await demandKnown(run.system, facts);
	return {...run, facts, settings: installation.is === 'there' ? installation.settings : undefined};
};

/** Why a service that was stopped does not count as stopped. */
const failureOn = async (
	{active, mainPid}: ServiceState,
	{system, facts, settings}: ServiceToStop,
): Promise<Failure | undefined> => {
	if (active === 'inactive' || active === 'failed') return stillRunning(system, facts, settings);
	// The facts from before the stop do not show why the manager does not respond now.
	if (active === 'unknown') return managerOf(await detect(system)).byHand.whyUnknown(system);
	if (active === 'deactivating')
		return {message: 'The service has not stopped yet.', fixes: [showStatus], exit: exitCode.refused};
	const what = `The service is running again${mainPid === undefined ? '' : ` (PID ${mainPid})`}.`;
	return {message: what, detail: 'Someone else started it in the meantime.', exit: exitCode.refused};
};

/** The goal of a stop: the service is not running, and has left no process. */
const stopped = (subject: ServiceToStop): Goal<ServiceOutcome> => {
	const {system, facts, settings} = subject;
	const {byHand, readState} = managerOf(facts);
	const next = byHand.nextStart(settings);
	const startable = settings !== undefined && byHand.cannotStart(settings) === undefined;
	const changed = byHand.stop.length > 0;
	return {
		unchecked: 'leave',
		check: async () => {
			const state = changed ? await readState(system) : undefined;
			const failure = state ? await failureOn(state, subject) : await stillRunning(system, facts, settings);
			if (!failure) return {outcome: changed ? 'stopped' : 'unchanged', next, startable};
			const now = state ? leftIn(state) : 'running';
			const left = now === 'stopped' ? 'running' : now;
			return {outcome: 'failed', failure, left, changed, undone: false, notUndone: []};
		},
		afterUndo: async (notUndone) => ({
			notUndone,
			left: notUndone.length === 0 ? 'as-before' : await leftNow(system, facts),
		}),
	};
};

/** A dry run changes nothing, so it needs no lock, and may run within the service. */
export const lockUnlessPlanning = (
	run: CommandRun,
	work: (run: CommandRun) => Promise<ExitCode>,
): Promise<ExitCode> => (run.request.dryRun ? work(run) : withLock(run, work));

/** How a dry run ends. */
export const plannedOutcome = (actions: readonly Action[], facts: Facts): ServiceOutcome => ({
	outcome: 'planned',
	actions,
	interrupts: interruption(actions, facts),
});

/** Stops the service, and says when it starts automatically again. */
export const stop = (run: CommandRun, output: Output): Promise<ExitCode> =>
	lockUnlessPlanning(run, async (locked) => {
		const subject = await untilAborted(stoppable(locked), run.signal);
		const {request, facts, settings} = subject;
		const mask = settings ? masker(settings) : (text: string): string => text;
		const actions = withRootAsked(managerOf(facts).byHand.stop);
		const ui = serviceUi(output, {command: 'stop', ...kindOf(request), facts, actions, mask});
		const outcome = request.dryRun
			? plannedOutcome(actions, facts)
			: await execute(actions, {...subject, follow: ui.follow}, stopped(subject));
		ui.conclude(outcome);
		return exitCodeOf(outcome, request);
	});
