import {exitCode, type Failure} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import type {ServiceState} from '../../platform/machine-facts.ts';
import type {System} from '../../platform/system.ts';
import {type Action} from '../../platform/actions/action.ts';
import {inverse} from '../../platform/actions/kinds.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {leftIn, type ServiceLeft} from './outcome.ts';

const backPollMs = 250;

/** Vira fails within its first second, or not at all. */
const settledMs = 1500;

const unknown: Failure = {
	message: 'It is unknown whether Vira is in its previous state.',
	fixes: [{say: 'shows it once the machine responds again', command: 'vira-setup status'}],
	exit: exitCode.unexpected,
};

/** In words, what the service did if it had no process. */
const idleBefore = (facts: Facts, actions: readonly Action[]): string | undefined => {
	const {active, awaitsRestart} = facts.service;
	if (active === 'inactive' || active === 'failed') return 'Vira was stopped before';
	const {stepOf} = managerOf(facts);
	const hasNoWayBack = actions.some((action) => stepOf(action) === 'start' && inverse(action) === undefined);
	return awaitsRestart && hasNoWayBack ? 'Vira was waiting for its next restart before' : undefined;
};

/** Not every start can be undone: not if launchd had the service loaded, or it was waiting for a restart. */
const runsNow = (before: string): Failure => ({
	message: `${before} but is running now.`,
	fixes: [{say: '', command: 'vira-setup stop'}],
	exit: exitCode.unexpected,
});

const runsNoMore: Failure = {
	message: 'Vira was running before but does not keep running now.',
	fixes: [{say: 'looks for the cause', command: 'vira-setup doctor'}],
	exit: exitCode.unexpected,
};

const isUp = ({active}: ServiceState): boolean => active === 'active' || active === 'reloading';

/** Whether it keeps running for the time in which a failing Vira exits; undefined: unknown. */
const staysUp = async (system: System, facts: Facts): Promise<boolean | undefined> => {
	const manager = managerOf(facts);
	const began = system.now();
	let first: number | undefined;
	for (;;) {
		const state = await manager.readState(system);
		if (state.active === 'unknown') return undefined;
		first ??= state.mainPid;
		const hasEnded = !isUp(state) && (state.active !== 'activating' || state.awaitsRestart);
		if (hasEnded || (first !== undefined && state.mainPid !== undefined && state.mainPid !== first))
			return false;
		if (system.now() - began >= settledMs) return isUp(state);
		await system.sleep(backPollMs);
	}
};

const saidOfIdle = async (system: System, facts: Facts, before: string): Promise<readonly Failure[]> => {
	const state = await managerOf(facts).readState(system);
	if (state.active === 'unknown') return [unknown];
	return isUp(state) || state.leftRunning ? [runsNow(before)] : [];
};

/** How undoing went. */
interface Back {
	/** From before the first change. */
	readonly facts: Facts;
	/** Those of the plan. */
	readonly actions: readonly Action[];
	readonly notUndone: readonly Failure[];
}

/** Whether it was reported already that the service was not or could not be started again. */
const isTold = ({actions, notUndone}: Back): boolean =>
	actions.some((action) => 'noWayBack' in action) ||
	notUndone.some(({exit: code}) => code === exitCode.refused || code === exitCode.unhealthy);

/**
 * How the service differs from before, after everything was undone: the commands that undo succeed even if Vira does
 * not keep running.
 */
export const notAsBefore = async (system: System, back: Back): Promise<readonly Failure[]> => {
	const {facts, actions} = back;
	if (isTold(back)) return [];
	try {
		const before = idleBefore(facts, actions);
		if (before !== undefined) return await saidOfIdle(system, facts, before);
		if (facts.service.active !== 'active') return [];
		const stays = await staysUp(system, facts);
		if (stays === undefined) return [unknown];
		return stays ? [] : [runsNoMore];
	} catch {
		return [unknown];
	}
};

/** What the service does now; `unknown` if the machine cannot report even that. */
export const leftNow = (system: System, facts: Facts): Promise<ServiceLeft> =>
	managerOf(facts)
		.readState(system)
		.then(leftIn, () => 'unknown');
