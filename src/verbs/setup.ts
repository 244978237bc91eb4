import {exitCode, type ExitCode} from '../errors.ts';
import {defaultSettings, withGiven} from '../settings/options.ts';
import {foundOn} from '../platform/find-installed.ts';
import {pathCompleter} from '../steps/complete-path.ts';
import {detect} from '../steps/detect.ts';
import {load} from '../steps/load.ts';
import {managerOf} from '../steps/managers.ts';
import {exitCodeOf} from '../steps/outcome.ts';
import {proposer} from '../steps/propose.ts';
import type {Facts} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import type {Ui} from '../ui/ui.ts';
import {untilAborted} from '../ui/until-aborted.ts';
import {carryOut} from './carry-out.ts';
import type {Run} from './run.ts';

/** The machine is looked at while the front end is still being loaded, and what was seen waits for it. */
const lookAround = async (system: System, opening: Promise<Ui>): Promise<readonly [Facts, Ui]> => {
	const detecting = detect(system);
	const opened = opening.then((ui) => {
		ui.begin?.();
		return ui;
	});
	return Promise.all([detecting, opened]);
};

/** Sets Vira up, or changes how it is set up. `rehearse`: the machine cannot, and the person would like to try. */
export const setup = async (
	{request, system, signal}: Run,
	opening: Promise<Ui>,
): Promise<ExitCode | 'rehearse'> => {
	const [facts, ui] = await untilAborted(lookAround(system, opening), signal);
	const {refusals, advice} = managerOf(facts);
	if (refusals.length > 0) return (await ui.refuse(refusals, facts)) ? 'rehearse' : exitCode.unsuitable;
	const existing = await untilAborted(load(system, facts), signal);
	const installed = withGiven(defaultSettings(foundOn(facts)), existing.saved?.given ?? new Map());
	const proposal = await ui.ask({
		facts,
		advice,
		start: withGiven(installed, ...request.given),
		...(existing.saved && {saved: installed}),
		again: existing.saved !== undefined,
		propose: proposer(system, facts, existing),
		complete: pathCompleter(system),
		dryRun: request.dryRun,
	});
	const outcome = request.dryRun
		? ({outcome: 'planned', proposal} as const)
		: await carryOut(proposal, {facts, existing, request, system, signal}, ui);
	await ui.conclude(outcome);
	return request.check && proposal.preview.changes ? exitCode.wouldChange : exitCodeOf(outcome);
};
