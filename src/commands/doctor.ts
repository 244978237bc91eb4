import {failureFrom} from '../platform/machine-failure.ts';
import {Cancelled, exitCode, SetupError, type ExitCode, type Failure} from '../errors.ts';
import {detect} from '../steps/detect.ts';
import {examineAll, type Examination, type Repair} from '../steps/health/examination.ts';
import {execute, type Follow} from '../steps/execute/execute.ts';
import type {SetupOutcome} from '../steps/execute/outcome.ts';
import {followInLines} from '../ui/words/progress-lines.ts';
import type {Output} from '../ui/output.ts';
import {toned} from '../ui/colour.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {doctorDocument, doctorLines} from '../ui/reports/doctor-report.ts';
import {tell} from '../ui/reports/tell.ts';
import {kindOf, type CommandRun} from '../command-line/request.ts';
import {healthy as healthyVira} from '../steps/verify/healthy.ts';

const examine = async ({system, signal}: CommandRun): Promise<Examination> => {
	const facts = await untilAborted(detect(system), signal);
	return untilAborted(examineAll(system, facts), signal);
};

/** If a healthy service becomes unhealthy, the repair is undone; an unhealthy one cannot get worse. */
const repairBy = async (
	{proposal, existing}: Repair,
	run: CommandRun,
	{facts, healthy, output}: Pick<Examination['status'], 'facts' | 'healthy'> & {readonly output: Output},
): Promise<SetupOutcome> => {
	const reader = {
		report: (line: string) => output.note(toned(line, output.colour.note)),
		home: facts.user.home,
		mask: proposal.mask,
	};
	const follow: Follow = (stream) => followInLines(stream, reader);
	const request = {...run.request, keepOnFailure: !healthy};
	const repairing = {...run, request, facts, existing, follow};
	return execute(proposal.actions, repairing, healthyVira(proposal, repairing));
};

/** Running the checks again explains better why it does not start. */
const hasNotStarted = (outcome: SetupOutcome): boolean =>
	outcome.outcome === 'failed' &&
	outcome.undone &&
	outcome.failure.exit === exitCode.unhealthy &&
	outcome.notUndone.length === 0;

/** Even if the checks fail now, the repair was done. */
const lookAgain = async (run: CommandRun): Promise<Examination> => {
	try {
		return await examine(run);
	} catch (error) {
		const failure = failureFrom(error);
		const told = error instanceof Cancelled ? 'Cancelled.' : failure.message;
		const message = `${told}\nThe repair succeeded; only checking it failed.`;
		throw new SetupError({...failure, message, changed: true});
	}
};

interface Fixed {
	readonly examination: Examination;
	readonly repaired: boolean;
}

/** A service that is still not running is reported by the next checks; a repair that was undone is reported here. */
const demandDone = (outcome: SetupOutcome): void => {
	if (outcome.outcome !== 'cancelled' && outcome.outcome !== 'failed') return;
	const {undone, notUndone} = outcome;
	if (notUndone.length === 0 && outcome.outcome === 'cancelled') throw new Cancelled();
	if (!undone) return;
	const failure: Failure =
		outcome.outcome === 'failed' ? outcome.failure : {message: 'Cancelled.', exit: exitCode.cancelled};
	const left = notUndone.map(({message}) => `Could not undo: ${message}`);
	const told = [...(failure.detail ? [failure.detail] : []), ...left].join('\n');
	throw new SetupError({...failure, detail: told, changed: notUndone.length > 0});
};

const fix = async (run: CommandRun, seen: Examination, output: Output): Promise<Fixed> => {
	if (!seen.repair) return {examination: seen, repaired: false};
	const outcome = await repairBy(seen.repair, run, {...seen.status, output});
	if (hasNotStarted(outcome)) return {examination: await examine(run), repaired: false};
	demandDone(outcome);
	return {examination: await lookAgain(run), repaired: true};
};

/** Runs all checks and suggests fixes; with --fix, applies the safe ones. */
export const doctor = async (run: CommandRun, output: Output): Promise<ExitCode> => {
	const kind = kindOf(run.request);
	const seen = await examine(run);
	const {examination, repaired} = run.request.fix
		? await fix(run, seen, output)
		: {examination: seen, repaired: false};
	const document = doctorDocument(examination, {...kind, repaired});
	tell({lines: doctorLines(examination, run.request), document}, output, kind);
	return examination.results.some(({level}) => level === 'error') ? exitCode.unwell : exitCode.done;
};
