import {Cancelled, exitCode, SetupError, type ExitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import type {Request} from '../command-line/request.ts';
import {detect} from '../steps/detect.ts';
import {load} from '../steps/load/load.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {demandKnownFormat} from '../steps/load/newer-format.ts';
import {isAsking, type Asking, type Ui} from '../ui/ui.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {aloneUnlessAsking} from '../steps/execute/with-lock.ts';
import {askAndDo, lookAgain, type Seen} from './ask-and-do.ts';
import type {Watched} from './overview.ts';
import type {Run} from './run.ts';

/** Detects the machine while the front end is still loading. */
const lookAround = async (system: System, opening: Promise<Ui>): Promise<readonly [Facts, Ui]> => {
	const detecting = detect(system);
	const opened = opening.then((ui) => {
		ui.begin?.();
		return ui;
	});
	return Promise.all([detecting, opened]);
};

/** With given options or a dry run, there is no need to ask what to do. */
const wantsOverview = ({interactive, dryRun, given}: Request): boolean =>
	interactive && !dryRun && given.every(({size}) => size === 0);

interface Desk {
	readonly ui: Asking;
	readonly opening: Promise<Ui>;
	/** What was done to the service meanwhile. */
	readonly done: Watched[];
}

/** Shows the overview, then does what was chosen. */
const goOn = async (run: Run, {facts}: Seen, {ui, opening, done}: Desk): Promise<ExitCode> => {
	const {overview} = await import('./overview.ts');
	const next = await overview(run, ui, {facts, done});
	if (next === 'leave') return exitCode.done;
	if (next === 'uninstall') return (await import('./uninstall.ts')).uninstall(run, opening);
	if (next === 'rollback') return (await import('./rollback.ts')).rollback(run, opening);
	return askAndDo(run, await lookAgain(run), {ui, begun: next === 'repair' ? {begin: 'preview'} : {}});
};

const lookAndDo = async (run: Run, opening: Promise<Ui>): Promise<ExitCode | 'simulate'> => {
	const {request, system, signal} = run;
	const [facts, ui] = await untilAborted(lookAround(system, opening), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return (await ui.refuse(refusals, facts)) ? 'simulate' : exitCode.unsuitable;
	const existing = await untilAborted(load(system, facts), signal);
	demandKnownFormat(facts, existing);
	if (!existing.saved || !isAsking(ui) || !wantsOverview(request))
		return askAndDo(run, {facts, existing}, {ui, begun: {}});
	const done: Watched[] = [];
	try {
		return await goOn(run, {facts, existing}, {ui, done, opening});
	} catch (error) {
		// The service was started or stopped: "Nothing was changed" would be wrong.
		if (done.length > 0 && error instanceof Cancelled)
			throw new SetupError({message: 'Cancelled. No settings were changed.', exit: exitCode.cancelled});
		throw error;
	}
};

/** Sets up Vira or changes its settings. `simulate`: this machine cannot run it, and the person wants to try. */
export const setup = (run: Run, opening: Promise<Ui>): Promise<ExitCode | 'simulate'> =>
	aloneUnlessAsking(run, (alone) => lookAndDo(alone, opening));
