import {exitCode, SetupError, type Failure, type ExitCode} from '../errors.ts';
import type {Facts, ServiceState} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import {masker} from '../settings/secrets.ts';
import {apply} from '../steps/execute/apply.ts';
import {detect} from '../steps/detect.ts';
import {findInstallation, notSetUp} from '../steps/health/installation.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {exitCodeOf, leftIn, notApplied, type ServiceOutcome} from '../steps/execute/service-outcome.ts';
import {stillRunning} from '../steps/removal/still-running.ts';
import {showStatus} from '../platform/service-manager/usual-fixes.ts';
import type {Output} from '../ui/output.ts';
import {refuseAdvice} from '../ui/words/refuse-advice.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {serviceUi, type ServiceUi} from '../ui/reports/service-ui.ts';
import {alone} from '../steps/execute/with-lock.ts';
import {leftNow} from './start-and-verify.ts';
import {kindOf, type Run} from './run.ts';

interface Subject extends Run {
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
const stoppable = async (run: Run): Promise<Subject> => {
	const facts = await detect(run.system);
	const installation = await findInstallation(run.system, facts);
	if (installation.is === 'nothing') throw new SetupError(notSetUp(facts, installation));
	const others = managerOf(facts).refusals.filter(({code}) => code === 'managed-elsewhere');
	if (others.length > 0) return refuseAdvice(others);
	await demandKnown(run.system, facts);
	return {...run, facts, settings: installation.is === 'there' ? installation.settings : undefined};
};

/** Why a service that was stopped does not count as stopped. */
const failureOn = async (
	{active, mainPid}: ServiceState,
	{system, facts, settings}: Subject,
): Promise<Failure | undefined> => {
	if (active === 'inactive' || active === 'failed') return stillRunning(system, facts, settings);
	// The facts from before the stop do not show why the manager does not respond now.
	if (active === 'unknown') return managerOf(await detect(system)).byHand.whyUnknown(system);
	if (active === 'deactivating')
		return {message: 'The service has not stopped yet.', fixes: [showStatus], exit: exitCode.refused};
	const what = `The service is running again${mainPid === undefined ? '' : ` (PID ${mainPid})`}.`;
	return {message: what, detail: 'Someone else started it in the meantime.', exit: exitCode.refused};
};

const carryOut = async (subject: Subject, ui: ServiceUi): Promise<ServiceOutcome> => {
	const {system, facts, settings, signal} = subject;
	const manager = managerOf(facts);
	const {byHand} = manager;
	const next = byHand.nextStart(settings);
	const startable = settings !== undefined && byHand.cannotStart(settings) === undefined;
	if (byHand.stop.length === 0) {
		const failure = await stillRunning(system, facts, settings);
		if (!failure) return {outcome: 'unchanged', next, startable};
		return {outcome: 'failed', failure, left: 'running', changed: false, notUndone: []};
	}
	const applied = await ui.follow(apply(byHand.stop, system, signal));
	if (applied.result !== 'done')
		return notApplied(applied, applied.notUndone.length === 0 ? 'as-before' : await leftNow(subject));
	const state = await manager.readState(system);
	const failure = await failureOn(state, subject);
	if (!failure) return {outcome: 'stopped', next, startable};
	const left = leftIn(state) === 'stopped' ? 'running' : leftIn(state);
	return {outcome: 'failed', failure, left, changed: true, notUndone: []};
};

/** Stops the service, and says when it starts automatically again. */
export const stop = (run: Run, output: Output): Promise<ExitCode> =>
	alone(run, async () => {
		const subject = await untilAborted(stoppable(run), run.signal);
		const {request, facts, settings} = subject;
		const mask = settings ? masker(settings) : (text: string): string => text;
		const ui = serviceUi(output, {verb: 'stop', ...kindOf(request), home: facts.user.home, mask});
		const outcome = await carryOut(subject, ui);
		ui.conclude(outcome);
		return exitCodeOf(outcome);
	});
