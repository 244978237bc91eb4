import {kindOf, type CommandRun} from '../command-line/request.ts';
import {Cancelled, exitCode, SetupError, type ExitCode, untilAborted} from '../errors.ts';
import {perform} from '../platform/actions/kinds.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {foundOn} from '../platform/vira/programs.ts';
import {isInstallable} from '../settings/nix.ts';
import type {Warning} from '../settings/warning.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import {apply} from '../steps/execute/apply.ts';
import {holdLock, withLock} from '../steps/execute/execute.ts';
import {nothingIn, notSetUp} from '../steps/health/installation.ts';
import {loadFiles, loadKnown} from '../steps/load/load.ts';
import {readBuilt} from '../steps/plan/examine-program.ts';
import {letGo} from '../steps/plan/plan-builds.ts';
import type {Update} from '../steps/plan/preview.ts';
import type {Proposed} from '../steps/plan/propose.ts';
import {
	exchangeFor,
	newerBuilds,
	updateInPlace,
	updatesIn,
	waitingFolders,
} from '../steps/update/build-newer.ts';
import {findNewer, findReplaced, type Lookup, type Newer} from '../steps/update/find-newer.ts';
import {indented, refuseAdvice} from '../ui/error-report.ts';
import type {Output} from '../ui/output.ts';
import {tell} from '../ui/reports/tell.ts';
import {updateJson} from '../ui/scripted/document.ts';
import {documentSchema} from '../ui/scripted/json-text.ts';
import {nothingPlanned} from '../ui/scripted/plan-json.ts';
import type {Ui} from '../ui/ui.ts';
import {updateLines} from '../ui/words/describe.ts';
import {demandFinished} from './rollback.ts';
import {lookAgain, type Loaded} from './setup-question.ts';
import {change} from './setup.ts';

/** An update that has looked at the machine. */
interface Updating extends Loaded {
	readonly settings: Settings;
	/** The Vira of the current service. */
	readonly program: string;
}

const lookAt = async (run: CommandRun, opening: Promise<Ui>): Promise<Updating> => {
	const {request, system, signal} = run;
	const [facts, ui] = await untilAborted(Promise.all([detect(system), opening]), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return refuseAdvice(refusals);
	const existing = await untilAborted(loadKnown(system, facts, false), signal);
	if (!existing.saved) throw new SetupError(notSetUp(facts, nothingIn(existing, facts)));
	demandFinished(existing, facts);
	const saved = withGiven(defaultSettings(foundOn(facts)), existing.saved.given);
	const settings = {...saved, package: request.updateTo ?? saved.package};
	const program = (await managerOf(facts).byHand.program(system, existing)) ?? '';
	return {...run, ui, facts, existing, settings, program};
};

const lookupOf = async ({system, facts, settings, signal}: Updating): Promise<Lookup> => ({
	system,
	facts,
	settings,
	built: await readBuilt(system, facts),
	signal,
});

/** Builds while the current Vira runs. A failure, or the end of the run, leaves nothing. */
const build = (newer: readonly Newer[], lookup: Lookup, run: Updating): Promise<void> =>
	withLock(run, async ({system, signal, ui}) => {
		const applied = await ui.follow(apply(newerBuilds(newer, lookup), system, signal));
		if (applied.result === 'cancelled') throw new Cancelled();
		if (applied.result === 'undone') throw new SetupError(applied.failure);
	});

/** Removes what was built and not accepted. */
const clear = (newer: readonly Newer[], run: Updating): Promise<void> =>
	holdLock(run, async ({system, facts}) => {
		const {links = [], replacing = {}} = (await loadFiles(system, facts)).receipt ?? {};
		const used = [...links, ...Object.values(replacing)];
		const waiting = waitingFolders(newer, facts, await readBuilt(system, facts));
		for (const folder of waiting.filter(({path}) => !used.includes(path)))
			for (const action of letGo(folder, {facts})) await perform(action, system);
	});

/** Settings that were changed in the preview can need other builds. */
const withUpdates =
	(all: readonly Update[]) =>
	(proposed: Proposed): Proposed => {
		if (!proposed.good) return proposed;
		const {proposal} = proposed;
		const wanted = [proposal.settings.package, ...proposal.settings.extraPackages];
		const updates = all.filter(
			({installable, isInPlace}) => isInPlace === true || wanted.includes(installable),
		);
		if (updates.length === 0) return proposed;
		return {good: true, proposal: {...proposal, preview: {...proposal.preview, updates}}};
	};

/** Builds what is newer, and lets it take the place of the current builds once that is accepted. */
const replaceBy = async (newer: readonly Newer[], lookup: Lookup, run: Updating): Promise<ExitCode> => {
	const {system, facts, settings: answers, program} = run;
	try {
		await build(newer, lookup, run);
		// A build can take an hour.
		const fresh = {...run, ...(await lookAgain(run))};
		const built = {...lookup, built: await readBuilt(system, facts)};
		const updates = await updatesIn(newer, built, {program, isBuilt: true});
		const exchange = exchangeFor(newer, facts);
		return await change(fresh, {begin: 'preview', answers, exchange, through: withUpdates(updates)});
	} finally {
		await clear(newer, run);
	}
};

const notBuiltHere = (program: string): Warning => ({
	code: 'update-elsewhere',
	message: `vira-setup did not build ${program}, so it cannot look for a newer one.`,
	fixes: [{say: 'Update it where it comes from, and then run this again.'}],
});

/** A Vira that the person installed: if another one is there than the one that runs, a restart is the update. */
const updateInstalled = async (run: Updating): Promise<ExitCode> => {
	const {system, facts, settings: answers, existing, request} = run;
	const isSame = answers.package === (existing.saved?.given.get('package') ?? answers.package);
	const found = isSame ? await findReplaced(system, facts, run.program) : {program: run.program};
	if (found.running !== undefined) {
		const updates = [await updateInPlace(found, system)];
		const exchange = {builds: {}, restarts: true} as const;
		return change(run, {begin: 'preview', answers, exchange, through: withUpdates(updates)});
	}
	const warnings = isSame ? [...request.warnings, notBuiltHere(run.program)] : request.warnings;
	return change({...run, request: {...request, warnings}}, {begin: 'preview', answers});
};

/** Shows what is newer, without building it. */
const tellNewer = async (
	newer: readonly Newer[],
	lookup: Lookup,
	{run, output}: {readonly run: Updating; readonly output: Output},
): Promise<ExitCode> => {
	const updates = await updatesIn(newer, lookup, {program: run.program, isBuilt: false});
	const lines = [
		'! An update is available:',
		...indented(updateLines(updates)),
		'',
		'To update: vira-setup update',
	];
	const kind = kindOf(run.request);
	const document = {
		schema: documentSchema,
		command: 'update',
		outcome: 'planned',
		...(kind.simulation && {simulation: true}),
		changed: true,
		...nothingPlanned,
		updates: updates.map(updateJson),
	};
	if (kind.json || !kind.quiet) tell({lines, document}, output, kind);
	return exitCode.wouldChange;
};

/** Updates to what is newer. `newer` was found just before. */
const updateTo = (newer: readonly Newer[], lookup: Lookup, run: Updating): Promise<ExitCode> => {
	if (newer.length > 0) return replaceBy(newer, lookup, run);
	return isInstallable(run.settings.package)
		? change(run, {begin: 'preview', answers: run.settings})
		: updateInstalled(run);
};

/** Looks for newer builds of Vira and of the extra packages, and updates to them once that is accepted. */
export const updateNow = async (command: CommandRun, opening: Promise<Ui>): Promise<ExitCode> => {
	const run = await lookAt(command, opening);
	const lookup = await lookupOf(run);
	return updateTo(await findNewer(lookup), lookup, run);
};

/** As `updateNow`; with --check, says what is newer without building it. */
export const update = async (
	command: CommandRun,
	{opening, output}: {readonly opening: Promise<Ui>; readonly output: Output},
): Promise<ExitCode> => {
	if (!command.request.check) return updateNow(command, opening);
	const run = await lookAt(command, opening);
	const lookup = await lookupOf(run);
	const newer = await findNewer(lookup);
	return newer.length > 0 ? tellNewer(newer, lookup, {run, output}) : updateTo(newer, lookup, run);
};
