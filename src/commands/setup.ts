import type {CommandRun, RunEnd} from '../command-line/request.ts';
import {exitCode, type ExitCode, untilAborted} from '../errors.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {detect} from '../steps/detect.ts';
import {execute} from '../steps/execute/execute.ts';
import {exitCodeOf, type SetupOutcome} from '../steps/execute/outcome.ts';
import {loadKnown} from '../steps/load/load.ts';
import {healthy} from '../steps/verify/healthy.ts';
import type {Ui} from '../ui/ui.ts';
import {begin, lookAgain, setupQuestion, wantsAnother, type Begun, type Loaded} from './setup-question.ts';

/** Sets up Vira, or changes its settings: detect → load → `change`. `manage` replaces that if Vira is set up. */
export const setup = async (run: CommandRun, opening: Promise<Ui>, manage = change): Promise<RunEnd> => {
	const {request, system, signal} = run;
	const [facts, ui] = await untilAborted(Promise.all([detect(system), begin(opening)]), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return (await ui.refuse(refusals, facts)) ? 'simulate' : exitCode.unsuitable;
	const existing = await untilAborted(loadKnown(system, facts, request.ignoreSaved), signal);
	return (existing.saved ? manage : change)({...run, ui, facts, existing});
};

/** ask → plan → preview → apply → verify: also for previous settings, and again after a failure. */
export const change = async (loaded: Loaded, begun: Begun = {}): Promise<ExitCode> => {
	const {request, ui, signal} = loaded;
	const question = await untilAborted(setupQuestion(loaded, begun), signal);
	// The front end plans and previews the answers until a plan is accepted. Nothing has changed until then.
	const accepted = await ui.ask(question);
	const run = {...loaded, follow: ui.follow};
	const outcome: SetupOutcome = request.dryRun
		? {outcome: 'planned', proposal: accepted}
		: await execute(accepted.actions, run, healthy(accepted, run));
	if (await wantsAnother(outcome, loaded))
		return change(await lookAgain(loaded), {...begun, begin: 'options', answers: accepted.settings});
	await ui.conclude(outcome);
	return exitCodeOf(outcome, request);
};
