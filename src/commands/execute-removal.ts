import {exitCode, SetupError, type Failure} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {apply} from '../steps/execute/apply.ts';
import type {Footprint} from '../steps/removal/installed-files.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Outcome} from '../steps/execute/outcome.ts';
import {isWithin} from '../platform/place.ts';
import {mayDisableLinger} from '../steps/removal/plan-removal.ts';
import {stillRunning} from '../steps/removal/still-running.ts';
import {removalProposer, type RemovalProposal} from '../steps/removal/propose-removal.ts';
import {readFootprint} from '../steps/removal/read-installed-files.ts';
import type {Left} from '../platform/service-manager/remover.ts';
import type {Ui} from '../ui/ui.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {alone} from '../steps/execute/with-lock.ts';
import {maskFailure} from '../platform/actions/progress.ts';
import type {Run} from './run.ts';
import {notAsBefore} from '../steps/execute/service-back.ts';
import {lingerFile} from '../platform/systemd/linger-file.ts';

interface Context extends Pick<Run, 'system' | 'signal'> {
	readonly facts: Facts;
	readonly footprint: Footprint;
}

/** A preview can be minutes old, and deletions cannot be undone: it must still be what would be removed. */
const demandSame = async ({choices, plan}: RemovalProposal, {system, facts}: Context): Promise<void> => {
	const now = removalProposer(facts, await readFootprint(system, facts))(choices).plan;
	if (JSON.stringify([now.actions, now.forGood]) === JSON.stringify([plan.actions, plan.forGood])) return;
	throw new SetupError({
		message: 'The setup changed since the preview. Nothing was done.',
		fixes: ['Run vira-setup uninstall again to see the new preview.'],
		exit: exitCode.refused,
	});
};

/** The exit status does not prove the state, so the state is read back. */
const lingeringStill = async (
	{choices}: RemovalProposal,
	{system, facts, footprint}: Context,
): Promise<readonly Left[]> => {
	if (!choices.disableLinger || !mayDisableLinger(facts, footprint)) return [];
	const isOn = await managerOf(facts)
		.readPersistence(system, facts.service)
		.then(
			({survivesLogout}) => survivesLogout,
			() => true,
		);
	return isOn
		? [
				{
					path: lingerFile(facts.user),
					what: 'lingering is still on although it was turned off',
					byHand: ['sudo', 'loginctl', 'disable-linger', facts.user.name],
				},
			]
		: [];
};

/** What cannot be undone comes last, and a signal does not interrupt it halfway. */
const deleteForGood = async (
	{plan, mask}: RemovalProposal,
	{system}: Context,
	ui: Ui,
): Promise<Failure | undefined> => {
	if (plan.forGood.length === 0) return undefined;
	const applied = await ui.follow(apply(plan.forGood, system, new AbortController().signal));
	return applied.result === 'undone' ? maskFailure(applied.failure, mask) : undefined;
};

/** What should have been deleted and still exists, or may. */
const stillThere = async (
	{plan}: RemovalProposal,
	{system}: Context,
): Promise<readonly (Left & {readonly path: string})[]> => {
	const paths = plan.forGood.flatMap((action) => ('path' in action ? [action.path] : []));
	const found = await Promise.all(paths.map((path) => system.inspect(path).catch(() => 'unknown' as const)));
	return paths
		.filter((_, index) => found[index] !== undefined)
		.map((path) => ({path, what: 'should have been deleted but still exists'}));
};

const remove = async (removal: RemovalProposal, context: Context, ui: Ui): Promise<Outcome> => {
	const applied = await ui.follow(apply(removal.plan.actions, context.system, context.signal));
	if (applied.result !== 'done') {
		const notUndone = [
			...applied.notUndone.map((one) => maskFailure(one, removal.mask)),
			...(await notAsBefore(context.system, {
				facts: context.facts,
				actions: removal.plan.actions,
				notUndone: applied.notUndone,
			})),
		];
		if (applied.result === 'cancelled') return {outcome: 'cancelled', undone: true, notUndone};
		return {
			outcome: 'failed',
			failure: maskFailure(applied.failure, removal.mask),
			undone: true,
			notUndone,
		};
	}
	// Nothing is deleted while Vira is still running.
	const failure =
		(await stillRunning(context.system, context.facts, context.footprint.settings)) ??
		(await deleteForGood(removal, context, ui));
	const left = [...removal.preview.left, ...(await lingeringStill(removal, context))];
	if (!failure) return {outcome: 'removed', removal, left};
	const rest = await stillThere(removal, context);
	// A folder that should be empty by now is not, if some of the rest is in it.
	const isFilled = ({path: folder, byHand}: Left): boolean =>
		byHand?.[0] === 'rmdir' && rest.some(({path}) => folder !== undefined && isWithin(path, folder));
	const foreseen = left.filter((one) => !isFilled(one));
	return {outcome: 'removed-in-part', removal, failure, left: [...rest, ...foreseen]};
};

/** Removes what was accepted, under the lock, and undoes everything if something fails. */
export const carryOutRemoval = (removal: RemovalProposal, context: Context, ui: Ui): Promise<Outcome> =>
	alone(context, async () => {
		await untilAborted(demandSame(removal, context), context.signal);
		return remove(removal, context, ui);
	});
