import {failureFrom} from '../platform/run-result.ts';
import {Cancelled, exitCode, SetupError, type ExitCode, type Failure, untilAborted} from '../errors.ts';
import {detect} from '../steps/detect.ts';
import {
	doctorFix,
	examineAll,
	isRepaired,
	type Examination,
	type Repair,
} from '../steps/health/examination.ts';
import {execute, type Follow} from '../steps/execute/execute.ts';
import type {SetupOutcome} from '../steps/execute/outcome.ts';
import {followInLines} from '../ui/words/progress-lines.ts';
import {type Output, toned} from '../ui/output.ts';
import {tell} from '../ui/reports/tell.ts';
import {kindOf, type CommandRun} from '../command-line/request.ts';
import {healthy as healthyVira} from '../steps/verify/healthy.ts';
import {onceStarted, proxyOf} from '../steps/health/survey.ts';
import type {CheckResult} from '../notice.ts';
import {nothingPlanned, planPart} from '../ui/scripted/plan-json.ts';
import {documentSchema, noticeJson} from '../ui/scripted/json-text.ts';
import {printable} from '../ui/text.ts';
import {noticeLines, readinessJson, readinessLines} from '../ui/reports/readiness-report.ts';
import type {BuildCheck} from '../steps/readiness/build-check.ts';
import {allChecks, readinessOn} from '../steps/readiness/readiness.ts';
import {settingsHere} from '../steps/health/installation.ts';
import type {Facts} from '../platform/facts.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Document} from '../ui/scripted/document.ts';
import {describeAction, withShortPaths} from '../ui/words/describe.ts';
import {countText, lastLogLines} from '../ui/words/phrases.ts';

/** What was examined, and whether builds can succeed. */
interface FullExamination extends Examination {
	readonly builds: readonly BuildCheck[];
}

const checkPart = ({fixes = [], ...result}: CheckResult, examination: Examination) =>
	noticeJson({...result, fixes: isRepaired(result, examination) ? [doctorFix, ...fixes] : fixes});

/** Every check of `doctor`; `plan` is what --fix has done, or would do. */
export const doctorDocument = (
	examination: FullExamination,
	{simulation, repaired}: {readonly simulation: boolean; readonly repaired: Repair | undefined},
): Document => {
	const {results, builds, log, status, repair} = examination;
	const done = repaired ?? repair;
	return {
		schema: documentSchema,
		command: 'doctor',
		outcome: 'examined',
		...(simulation && {simulation: true}),
		changed: repaired !== undefined,
		healthy: status.healthy,
		url: status.url ?? null,
		proxy: proxyOf(status) ?? null,
		checks: results.map((result) => checkPart(result, examination)),
		readiness: readinessJson(builds),
		log: log.map(printable),
		...(done ? planPart({...done.proposal, facts: status.facts}, {givenUp: false}) : nothingPlanned),
	};
};

type Lines = readonly string[];

const headline = (results: readonly Pick<BuildCheck, 'level'>[]): string => {
	const count = (level: BuildCheck['level']): number =>
		results.filter((result) => result.level === level).length;
	const [problems, warnings] = [count('error'), count('warning')];
	const told = countText({problems, warnings});
	if (problems > 0) return `✖ ${told}.`;
	return told === '' ? '✔ No problems.' : `✔ No problems, ${told}.`;
};

const linesOf = (result: CheckResult, examination: Examination): Lines =>
	noticeLines({...result, ...(isRepaired(result, examination) && {fixes: [doctorFix]})});

const repairLines = ({repair, status, results}: Examination, fixing: boolean): Lines => {
	const isWell = results.every(({level}) => level !== 'error');
	if (!repair) return fixing && !isWell ? ['', 'None of these problems can be fixed automatically.'] : [];
	const {home} = status.facts.user;
	return [
		'',
		'What vira-setup doctor --fix would do:',
		// The receipt is written before and after: one line is enough for both.
		...new Set(repair.proposal.actions.map((action) => `  ${describeAction(action, home)}`)),
	];
};

/** The output of `doctor`: the number of problems, then each check, then what can be fixed. */
export const doctorLines = (examination: FullExamination, {fix}: {readonly fix: boolean}): Lines => {
	const {results, builds, log, status} = examination;
	return [
		headline([...results, ...builds]),
		'',
		...results
			.flatMap((result) => linesOf(result, examination))
			.map((line) => withShortPaths(line, status.facts.user.home)),
		...(builds.length > 0 ? ['', 'Builds:', ...readinessLines(builds)] : []),
		...(log.length > 0 ? ['', lastLogLines, ...log.map((line) => `  ${line}`)] : []),
		...repairLines(examination, fix),
	].map(printable);
};

/** Nothing can build where nothing can be set up. */
const examineBuilds = async (facts: Facts, {system, signal}: CommandRun): Promise<readonly BuildCheck[]> => {
	if (managerOf(facts).refusals.length > 0) return [];
	const settings = await untilAborted(settingsHere(system, facts), signal);
	return allChecks(readinessOn(system, facts, {isRunning: true}), {settings, signal});
};

const examineMachine = (run: CommandRun): Promise<FullExamination> =>
	onceStarted(
		run.system,
		() => examineNow(run),
		({status}) => status,
	);

const examineNow = async (run: CommandRun): Promise<FullExamination> => {
	const {system, signal} = run;
	const facts = await untilAborted(detect(system), signal);
	const checking = examineBuilds(facts, run);
	try {
		const all = Promise.all([examineAll(system, facts), checking]);
		const [examination, builds] = await untilAborted(all, signal);
		const {results} = examination;
		// What was told already is not told again.
		return {...examination, builds: builds.filter(({code}) => results.every((one) => one.code !== code))};
	} finally {
		// The commands that it runs would outlive this process.
		if (signal.aborted) await checking.catch(() => undefined);
	}
};

/** If a healthy service becomes unhealthy, the repair is undone; an unhealthy one cannot get worse. */
const repairBy = async (
	{proposal, existing}: Repair,
	run: CommandRun,
	{facts, healthy, output}: Pick<Examination['status'], 'facts' | 'healthy'> & {readonly output: Output},
): Promise<SetupOutcome> => {
	const report = (line: string): void => output.note(toned(line, output.colour.note));
	const reader = {report, home: facts.user.home, mask: proposal.mask};
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
const examineAgain = async (run: CommandRun): Promise<FullExamination> => {
	try {
		return await examineMachine(run);
	} catch (error) {
		const failure = failureFrom(error);
		const told = error instanceof Cancelled ? 'Cancelled.' : failure.message;
		const message = `${told}\nThe repair succeeded; only checking it failed.`;
		throw new SetupError({...failure, message, changed: true});
	}
};

interface Fixed {
	readonly examination: FullExamination;
	readonly repaired: Repair | undefined;
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

const fix = async (run: CommandRun, seen: FullExamination, output: Output): Promise<Fixed> => {
	if (!seen.repair) return {examination: seen, repaired: undefined};
	const outcome = await repairBy(seen.repair, run, {...seen.status, output});
	if (hasNotStarted(outcome)) return {examination: await examineMachine(run), repaired: undefined};
	demandDone(outcome);
	return {examination: await examineAgain(run), repaired: seen.repair};
};

/** Runs all checks and suggests fixes; with --fix, applies the safe ones. */
export const doctor = async (run: CommandRun, output: Output): Promise<ExitCode> => {
	const kind = kindOf(run.request);
	const seen = await examineMachine(run);
	const {examination, repaired} = run.request.fix
		? await fix(run, seen, output)
		: {examination: seen, repaired: undefined};
	const document = doctorDocument(examination, {...kind, repaired});
	tell({lines: doctorLines(examination, run.request), document}, output, kind);
	const isWell = [...examination.results, ...examination.builds].every(({level}) => level !== 'error');
	return isWell ? exitCode.done : exitCode.unwell;
};
