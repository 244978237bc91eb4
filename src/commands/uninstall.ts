import {exitCode, SetupError, type ExitCode, type Failure, untilAborted} from '../errors.ts';
import type {CommandRun} from '../command-line/request.ts';
import {maskFailure} from '../platform/actions/action.ts';
import type {Facts} from '../platform/facts.ts';
import {filesOf} from '../platform/installed/our-files.ts';
import {isWithin} from '../platform/paths.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Leftover} from '../platform/service-manager/manager-parts.ts';
import {detect} from '../steps/detect.ts';
import {apply} from '../steps/execute/apply.ts';
import {execute, type Execution, type Goal} from '../steps/execute/execute.ts';
import {exitCodeOf, type RemovalOutcome} from '../steps/execute/outcome.ts';
import {notAsBefore} from '../steps/execute/service-back.ts';
import {whyUnrecorded} from '../steps/health/installation.ts';
import type {Footprint} from '../steps/removal/installed-files.ts';
import {mayDisableLinger, type RemovalChoices} from '../steps/removal/plan-removal.ts';
import {removalProposer, type RemovalProposal} from '../steps/removal/propose-removal.ts';
import {readFootprint} from '../steps/removal/read-installed-files.ts';
import type {Loaded} from './setup-question.ts';
import {stillRunning} from './stop.ts';
import type {Ui} from '../ui/ui.ts';
import {refuseAdvice} from '../ui/error-report.ts';

/** Nothing is removed on a guess. */
const obscureReceipt = (facts: Facts): Failure => ({
	message: `${filesOf(facts).receipt} is not a receipt that this vira-setup can read: it is unknown what to remove.`,
	fixes: [
		{say: 'If a newer vira-setup wrote it, use that one.'},
		{say: 'rewrites it, if it is damaged; then run vira-setup uninstall', command: 'vira-setup'},
	],
	exit: exitCode.unsuitable,
});

/** One of our files was found, but what else is ours would be a guess. */
const unrecorded = (facts: Facts, path: string): Failure => ({
	message: `${path} was created by vira-setup, but its receipt was not found: it is unknown what to remove.`,
	detail: whyUnrecorded(facts),
	fixes: [
		{say: 'Use that value:', command: 'XDG_STATE_HOME=FOLDER vira-setup uninstall'},
		{say: 'sets up Vira again, if the receipt is lost; then run vira-setup uninstall', command: 'vira-setup'},
	],
	exit: exitCode.unsuitable,
});

interface Removing extends Execution {
	readonly facts: Facts;
	readonly footprint: Footprint;
}

/** A preview can be minutes old, and deletions cannot be undone: it must still be what would be removed. */
const demandSame = async ({choices, plan}: RemovalProposal, {system, facts}: Removing): Promise<void> => {
	const now = removalProposer(facts, await readFootprint(system, facts))(choices).plan;
	if (JSON.stringify([now.actions, now.forGood]) === JSON.stringify([plan.actions, plan.forGood])) return;
	throw new SetupError({
		message: 'The setup changed since the preview. Nothing was done.',
		fixes: [{say: 'Run vira-setup uninstall again to see the new preview.'}],
		exit: exitCode.refused,
	});
};

/** The exit status does not prove the state, so the state is read back. */
const lingeringStill = async (
	{choices}: RemovalProposal,
	{system, facts, footprint}: Removing,
): Promise<readonly Leftover[]> => {
	if (!choices.disableLinger || !mayDisableLinger(facts, footprint)) return [];
	const manager = managerOf(facts);
	const {stillLingering} = manager.remover;
	const isOn = await manager.readPersistence(system, facts.service).then(
		({survivesLogout}) => survivesLogout,
		() => true,
	);
	return isOn && stillLingering ? [stillLingering] : [];
};

/** What cannot be undone comes last, and a signal does not interrupt it halfway. */
const deleteForGood = async (
	{plan, mask}: RemovalProposal,
	{system, follow}: Removing,
): Promise<Failure | undefined> => {
	if (plan.forGood.length === 0) return undefined;
	const applied = await follow(apply(plan.forGood, system, new AbortController().signal));
	return applied.result === 'undone' ? maskFailure(applied.failure, mask) : undefined;
};

/** What should have been deleted and still exists, or may. */
const stillThere = async (
	{plan}: RemovalProposal,
	{system}: Removing,
): Promise<readonly (Leftover & {readonly path: string})[]> => {
	const paths = plan.forGood.flatMap((action) => ('path' in action ? [action.path] : []));
	const found = await Promise.all(paths.map((path) => system.inspect(path).catch(() => 'unknown' as const)));
	return paths
		.filter((_, index) => found[index] !== undefined)
		.map((path) => ({path, what: 'should have been deleted but still exists'}));
};

/** Everything that can be deleted is gone, once its data is deleted too. */
const finish = async (removal: RemovalProposal, run: Removing): Promise<RemovalOutcome> => {
	// Nothing is deleted while Vira is still running.
	const failure =
		(await stillRunning(run.system, run.facts, run.footprint.settings)) ??
		(await deleteForGood(removal, run));
	const left = [...removal.preview.left, ...(await lingeringStill(removal, run))];
	if (!failure) return {outcome: 'removed', removal, left};
	const rest = await stillThere(removal, run);
	// A folder that should be empty by now is not, if some of the rest is in it.
	const isFilled = ({path: folder, byHand}: Leftover): boolean =>
		byHand?.[0] === 'rmdir' && rest.some(({path}) => folder !== undefined && isWithin(path, folder));
	const foreseen = left.filter((one) => !isFilled(one));
	return {outcome: 'removed-in-part', removal, failure, left: [...rest, ...foreseen]};
};

/** The goal of a removal: the service is gone, then its data, which cannot be undone. */
const gone = (removal: RemovalProposal, run: Removing): Goal<RemovalOutcome> => ({
	mask: removal.mask,
	unchecked: 'leave',
	checkChanges: true,
	demandSame: () => demandSame(removal, run),
	check: () => finish(removal, run),
	afterUndo: async (notUndone) => {
		const back = {facts: run.facts, actions: removal.plan.actions, notUndone};
		return {notUndone: [...notUndone, ...(await notAsBefore(run.system, back))]};
	},
});

const requestedIn = ({consent}: CommandRun['request']): RemovalChoices => ({
	overwrite: consent.includes('overwrite'),
	purge: consent.includes('purge'),
	disableLinger: consent.includes('disable-linger'),
});

/** Removes what vira-setup set up, and nothing else. */
export const uninstall = async (
	run: CommandRun & Pick<Loaded, 'canGoBack'>,
	opening: Promise<Ui>,
): Promise<ExitCode> => {
	const {request, system, signal, canGoBack = false} = run;
	const [facts, ui] = await untilAborted(Promise.all([detect(system), opening]), signal);
	const footprint = await untilAborted(readFootprint(system, facts), signal);
	// Without a receipt: leftovers of a run that was killed before it wrote one, or after it deleted it.
	const isSetUp = footprint.receipt !== undefined || footprint.folders.length > 0;
	// If nothing is set up, there is nothing to do; but as root, that would be about the wrong user.
	const refusals = managerOf(facts).remover.refusals.filter(({code}) => isSetUp || code === 'root');
	if (refusals.length > 0) return refuseAdvice(refusals);
	if (footprint.isObscure) throw new SetupError(obscureReceipt(facts));
	const [unknown] = footprint.unrecorded;
	if (!isSetUp && managerOf(facts).remover.isLive && unknown !== undefined)
		throw new SetupError(unrecorded(facts, unknown));
	const requested = requestedIn(request);
	const given = {
		...requested,
		// A person sees it in the preview and agrees with Enter; a script has to request it.
		disableLinger: requested.disableLinger || (request.interactive && mayDisableLinger(facts, footprint)),
	};
	const propose = removalProposer(facts, footprint);
	if (!isSetUp) {
		await ui.conclude({outcome: 'nothing-to-remove', left: propose(given).preview.left});
		return exitCode.done;
	}
	const removal = await ui.askRemoval({
		...{facts, start: given, requested, propose},
		dryRun: request.dryRun,
		canGoBack,
	});
	const removing = {...run, facts, footprint, follow: ui.follow};
	const outcome = request.dryRun
		? ({outcome: 'removal-planned', removal} as const)
		: await execute(removal.plan.actions, removing, gone(removal, removing));
	await ui.conclude(outcome);
	return exitCodeOf(outcome, request);
};
