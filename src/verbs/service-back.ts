import {exitCode, type Complaint} from '../errors.ts';
import type {Facts, ServiceState} from '../platform/facts.ts';
import type {System} from '../platform/system.ts';
import type {Action} from '../steps/action.ts';
import {inverse} from '../steps/inverse.ts';
import {managerOf} from '../steps/managers.ts';

const pollEveryMs = 250;
/** Vira ends within its first second, or not at all. */
const settledMs = 1500;

const unknown: Complaint = {
	what: 'It cannot be told whether Vira is as it was before.',
	next: ['vira-setup status   tells it once the machine answers again'],
	code: exitCode.unexpected,
};

/** What the service did where it had no process, in words. */
const idleBefore = (facts: Facts, actions: readonly Action[]): string | undefined => {
	const {active, awaitsRestart} = facts.service;
	if (active === 'inactive' || active === 'failed') return 'Vira was stopped before';
	const {isStart} = managerOf(facts);
	const hasNoWayBack = actions.some((action) => isStart(action) && inverse(action) === undefined);
	return awaitsRestart && hasNoWayBack ? 'Vira was waiting for its next restart before' : undefined;
};

/** Not every start has a way back: that of a service that launchd had already, or that waited to be started again. */
const runsNow = (before: string): Complaint => ({
	what: `${before}, and is running now.`,
	next: ['vira-setup stop'],
	code: exitCode.unexpected,
});

const runsNoMore: Complaint = {
	what: 'Vira was running before; now it does not keep running.',
	next: ['vira-setup doctor   looks for the reason'],
	code: exitCode.unexpected,
};

const isUp = ({active}: ServiceState): boolean => active === 'active' || active === 'reloading';

/** Whether it runs, and keeps running for as long as a Vira takes to exit that cannot serve; undefined: not known. */
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
		await system.sleep(pollEveryMs);
	}
};

const saidOfIdle = async (system: System, facts: Facts, before: string): Promise<readonly Complaint[]> => {
	const state = await managerOf(facts).readState(system);
	if (state.active === 'unknown') return [unknown];
	return isUp(state) || state.leftRunning ? [runsNow(before)] : [];
};

/** What the way back came to. */
interface Back {
	/** From before the first change. */
	readonly facts: Facts;
	/** Those of the plan. */
	readonly actions: readonly Action[];
	readonly notUndone: readonly Complaint[];
}

/** Whether it has been told that the service was not started again, or could not be. */
const isTold = ({actions, notUndone}: Back): boolean =>
	actions.some((action) => 'noWayBack' in action) ||
	notUndone.some(({code}) => code === exitCode.refused || code === exitCode.unhealthy);

/**
 * What is to be said of the service once everything was taken back: the commands of the way back succeed whether or not
 * Vira then keeps running.
 */
export const notAsBefore = async (system: System, back: Back): Promise<readonly Complaint[]> => {
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
