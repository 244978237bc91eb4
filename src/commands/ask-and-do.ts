import {exitCode, type ExitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/vira/find-installed.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {pathCompleter} from '../steps/plan/complete-path.ts';
import {adviceFor} from '../steps/plan/configured-vira.ts';
import {detect} from '../steps/detect.ts';
import {load} from '../steps/load/load.ts';
import {demandKnownFormat} from '../steps/load/newer-format.ts';
import {exitCodeOf, type SetupOutcome} from '../steps/execute/outcome.ts';
import {proposer, withWarnings, type Proposal, type Proposed} from '../steps/plan/propose.ts';
import type {Existing} from '../platform/installed/situation.ts';
import {conclusion} from '../ui/words/conclusion.ts';
import type {Question, Ui} from '../ui/ui.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {carryOut} from './execute-setup.ts';
import type {Run} from './run.ts';
import type {System} from '../platform/system.ts';
import {formatSettingsFile} from '../settings/settings-file.ts';

export interface Seen {
	readonly facts: Facts;
	readonly existing: Existing;
}

export const lookAgain = async ({system, signal}: Run): Promise<Seen> => {
	const facts = await untilAborted(detect(system), signal);
	const existing = await untilAborted(load(system, facts), signal);
	demandKnownFormat(facts, existing);
	return {facts, existing};
};

/** The earlier answers, and the step to begin with. */
type Begun = Pick<Question, 'begin'> & {
	readonly answers?: Settings;
	/** Adds to a proposal. */
	readonly through?: (proposed: Proposed) => Proposed;
};

const questionFor = async (
	{request, system}: Run,
	{facts, existing}: Seen,
	begun: Begun,
): Promise<Question> => {
	const propose = proposer(system, facts, existing);
	const {through = (proposed: Proposed) => proposed} = begun;
	const installed = withGiven(defaultSettings(foundOn(facts)), existing.saved?.given ?? new Map());
	const start = begun.answers ?? withGiven(installed, ...request.given);
	return {
		facts,
		advice: await adviceFor(system, facts, start),
		start,
		...(existing.saved && {saved: installed}),
		again: existing.saved !== undefined,
		propose: async (settings) => through(withWarnings(await propose(settings), request.warnings)),
		complete: pathCompleter(system),
		dryRun: request.dryRun,
		...(begun.begin && {begin: begun.begin}),
	};
};

type Failed = Extract<SetupOutcome, {outcome: 'failed'}>;

/** Shows the failure, and asks whether to try with other settings. */
const wantsAnother = async (
	outcome: Failed,
	{request}: Run,
	{facts, ui}: {facts: Facts; ui: Ui},
): Promise<boolean> => {
	if (!ui.choose || !request.interactive) return false;
	const choice = await ui.choose({
		after: 'failure',
		facts,
		lines: conclusion(outcome, facts, {simulation: request.simulate !== undefined}),
		choices: [
			{value: 'edit', label: 'Change the settings and try again', note: 'keeps your answers'},
			{value: 'leave', label: 'Quit'},
		],
		leave: 'leave',
	});
	return choice === 'edit';
};

/** Asks, applies the answers and shows the result; after a failure, as often as the person wants to try again. */
export const askAndDo = async (
	run: Run,
	seen: Seen,
	{ui, begun}: {readonly ui: Ui; readonly begun: Begun},
): Promise<ExitCode> => {
	const {request} = run;
	const proposal = await ui.ask(await untilAborted(questionFor(run, seen, begun), run.signal));
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
/** A path in the home folder that does not exist yet. */
const freePath = async (system: System, home: string): Promise<string> => {
	for (let number = 1; ; number += 1) {
		const path = `${home}/vira-settings${number === 1 ? '' : `-${number}`}.json`;
		if ((await system.inspect(path)) === undefined) return path;
	}
};
interface Place {
	readonly system: System;
	readonly facts: Facts;
	readonly existing: Existing;
}
/** Writes the settings to a new file for `--config`, without setting up anything. Only the owner can read it. */
export const writeOut = async (
	proposal: Proposal,
	{system, facts, existing}: Place,
): Promise<Extract<SetupOutcome, {outcome: 'written'}>> => {
	const path = await freePath(system, facts.user.home);
	await system.writeFile(path, formatSettingsFile(proposal.settings, existing.saved?.unknown), 0o600);
	return {outcome: 'written', proposal, path};
};
