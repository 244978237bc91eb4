import {exitCode, type ExitCode} from '../errors.ts';
import type {Run} from '../command-line/run.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {detect} from '../steps/detect.ts';
import {execute} from '../steps/execute/execute.ts';
import {exitCodeOf} from '../steps/execute/outcome.ts';
import {loadKnown} from '../steps/load/newer-format.ts';
import {healthy} from '../steps/verify/healthy.ts';
import type {Ui} from '../ui/ui.ts';
import {begin, lookAgain, questionFor, unapplied, wantsAnother} from './question.ts';
import type {Begun, Seen} from './question.ts';

/** Sets up Vira, or changes its settings. `simulate`: this machine cannot run it, and the person wants to try it. */
export const setup = async (
	run: Run,
	opening: Promise<Ui>,
	manage = change,
): Promise<ExitCode | 'simulate'> => {
	const {system, signal} = run;
	const [facts, ui] = await untilAborted(Promise.all([detect(system), begin(opening)]), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return (await ui.refuse(refusals, facts)) ? 'simulate' : exitCode.unsuitable;
	const existing = await untilAborted(loadKnown(system, facts), signal);
	const seen = {...run, ui, facts, existing};
	return existing.saved ? manage(seen) : change(seen);
};

/** Asks, plans and previews until a plan is accepted, then applies and verifies it. */
export const change = async (seen: Seen, begun: Begun = {}): Promise<ExitCode> => {
	const {request, ui, signal} = seen;
	const accepted = await ui.ask(await untilAborted(questionFor(seen, begun), signal));
	const run = {...seen, follow: ui.follow};
	const outcome =
		(await unapplied(accepted, seen)) ?? (await execute(accepted.actions, run, healthy(accepted, run)));
	if (await wantsAnother(outcome, seen))
		return change(await lookAgain(seen), {begin: 'options', answers: accepted.settings});
	await ui.conclude(outcome);
	return request.check && accepted.preview.changes ? exitCode.wouldChange : exitCodeOf(outcome);
};
