import {Cancelled, exitCode, SetupError, type ExitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/find-installed.ts';
import type {System} from '../platform/system.ts';
import type {Request} from '../request.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {pathCompleter} from '../steps/complete-path.ts';
import {detect} from '../steps/detect.ts';
import {load} from '../steps/load.ts';
import {managerOf} from '../steps/managers.ts';
import {exitCodeOf, type SetupOutcome} from '../steps/outcome.ts';
import {proposer} from '../steps/propose.ts';
import type {Existing} from '../steps/situation.ts';
import {conclusion} from '../ui/conclusion.ts';
import {isAsking, type Asking, type Question, type Ui} from '../ui/ui.ts';
import {untilAborted} from '../ui/until-aborted.ts';
import {carryOut} from './carry-out.ts';
import type {Watched} from './overview.ts';
import type {Run} from './run.ts';
import {writeOut} from './write-out.ts';

/** The machine is looked at while the front end is still being loaded, and what was seen waits for it. */
const lookAround = async (system: System, opening: Promise<Ui>): Promise<readonly [Facts, Ui]> => {
	const detecting = detect(system);
	const opened = opening.then((ui) => {
		ui.begin?.();
		return ui;
	});
	return Promise.all([detecting, opened]);
};

interface Seen {
	readonly facts: Facts;
	readonly existing: Existing;
}

const lookAgain = async ({system, signal}: Run): Promise<Seen> => {
	const facts = await untilAborted(detect(system), signal);
	return {facts, existing: await untilAborted(load(system, facts), signal)};
};

/** What the person has answered before, and where they want to go on. */
type Begun = Pick<Question, 'begin'> & {readonly answers?: Settings};

const questionFor = ({request, system}: Run, {facts, existing}: Seen, begun: Begun): Question => {
	const installed = withGiven(defaultSettings(foundOn(facts)), existing.saved?.given ?? new Map());
	return {
		facts,
		advice: managerOf(facts).advice,
		start: begun.answers ?? withGiven(installed, ...request.given),
		...(existing.saved && {saved: installed}),
		again: existing.saved !== undefined,
		propose: proposer(system, facts, existing),
		complete: pathCompleter(system),
		dryRun: request.dryRun,
		...(begun.begin && {begin: begun.begin}),
	};
};

type Failed = Extract<SetupOutcome, {outcome: 'failed'}>;

/** Tells how it failed, and asks whether to try with other settings. */
const wantsAnother = async (
	outcome: Failed,
	{request}: Run,
	{facts, ui}: {facts: Facts; ui: Ui},
): Promise<boolean> => {
	if (!ui.choose || !request.interactive) return false;
	const choice = await ui.choose({
		after: 'failure',
		facts,
		lines: conclusion(outcome, facts, {rehearsal: request.rehearse !== undefined}),
		choices: [
			{value: 'edit', label: 'Change the settings and try again', note: 'every answer is kept'},
			{value: 'leave', label: 'Leave it'},
		],
		leave: 'leave',
	});
	return choice === 'edit';
};

/** Asks, does it, and says how that went; after a failure as often as somebody wants to try. */
const askAndDo = async (
	run: Run,
	seen: Seen,
	{ui, begun}: {readonly ui: Ui; readonly begun: Begun},
): Promise<ExitCode> => {
	const {request} = run;
	const proposal = await ui.ask(questionFor(run, seen, begun));
	if (request.dryRun) {
		await ui.conclude({outcome: 'planned', proposal});
		return request.check && proposal.preview.changes ? exitCode.wouldChange : exitCode.done;
	}
	if (proposal.toFile) {
		await ui.conclude(await writeOut(proposal, {...seen, ...run}));
		return exitCode.done;
	}
	const outcome = await carryOut(proposal, {...seen, ...run}, ui);
	if (outcome.outcome === 'failed' && (await wantsAnother(outcome, run, {facts: seen.facts, ui})))
		return askAndDo(run, await lookAgain(run), {ui, begun: {begin: 'options', answers: proposal.settings}});
	await ui.conclude(outcome);
	return exitCodeOf(outcome);
};

/** Nobody who says what to set, or only wants to see, has to be asked what they want. */
const wantsOverview = ({interactive, dryRun, given}: Request): boolean =>
	interactive && !dryRun && given.every(({size}) => size === 0);

interface Desk {
	readonly ui: Asking;
	readonly opening: Promise<Ui>;
	/** What is done to the service on the way. */
	readonly done: Watched[];
}

/** From the overview to wherever the person wants to go. */
const goOn = async (run: Run, {facts}: Seen, {ui, opening, done}: Desk): Promise<ExitCode> => {
	const {overview} = await import('./overview.ts');
	const next = await overview(run, ui, {facts, done});
	if (next === 'leave') return exitCode.done;
	if (next === 'uninstall') return (await import('./uninstall.ts')).uninstall(run, opening);
	return askAndDo(run, await lookAgain(run), {ui, begun: next === 'repair' ? {begin: 'preview'} : {}});
};

/** Sets Vira up, or changes how it is set up. `rehearse`: the machine cannot, and the person would like to try. */
export const setup = async (run: Run, opening: Promise<Ui>): Promise<ExitCode | 'rehearse'> => {
	const {request, system, signal} = run;
	const [facts, ui] = await untilAborted(lookAround(system, opening), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return (await ui.refuse(refusals, facts)) ? 'rehearse' : exitCode.unsuitable;
	const existing = await untilAborted(load(system, facts), signal);
	if (!existing.saved || !isAsking(ui) || !wantsOverview(request))
		return askAndDo(run, {facts, existing}, {ui, begun: {}});
	const done: Watched[] = [];
	try {
		return await goOn(run, {facts, existing}, {ui, done, opening});
	} catch (error) {
		// The service was started or stopped: to say that nothing was changed would be wrong.
		if (done.length > 0 && error instanceof Cancelled)
			throw new SetupError({what: 'Cancelled. No setting was changed.', code: exitCode.cancelled});
		throw error;
	}
};
