import type {Machine} from '../machine.ts';
import type {Behaviour, ListensAt, SimulatedVira, ViraProcess} from './vira-process.ts';
import {serveWeb} from './vira-web.ts';
import {ViraFailure, type Say} from './vira-words.ts';
import {readViraWords} from './vira-grammar.ts';
import {closeState, stateOf} from './vira-state.ts';
import {viraProgramAt} from '../programs.ts';

/** A Vira that a service manager has started, whichever one it was. */
export interface StartedVira {
	readonly machine: Machine;
	readonly process: ViraProcess;
	readonly says: Say;
	readonly listens: (where: ListensAt) => void;
}

/** How a Vira began: it serves, or it ended with this exit status. */
type ViraStart = {readonly serves: Behaviour} | {readonly endsWith: number};

const serve = async (machine: Machine, {process, says, listens}: StartedVira): Promise<SimulatedVira> => {
	const vira = await viraProgramAt(machine, process.program);
	if (!vira) throw new ViraFailure('The program is gone.');
	if (vira.behaviour === 'exits-at-once') throw new ViraFailure('vira: something is wrong with this Vira');
	const asked = readViraWords(process.arguments);
	if (asked.does === 'refuse') throw new ViraFailure(asked.text);
	if (asked.does !== 'web') throw new Error(`The simulation does not play a service of: vira ${asked.does}`);
	const {values} = asked;
	const state = {machine, vira, say: says, ...stateOf(values, process.folder)};
	listens(await serveWeb(state, values));
	return vira;
};

/** Lets a Vira that was started begin to serve. */
export const beginVira = async (machine: Machine, started: StartedVira): Promise<ViraStart> => {
	try {
		const {behaviour} = await serve(machine, started);
		return {serves: behaviour};
	} catch (error) {
		if (!(error instanceof ViraFailure)) throw error;
		if (error.words !== undefined) await started.says(error.words, 'stderr');
		return {endsWith: 1};
	}
};

/** How long a Vira of the behaviour `dies-after-a-second` serves. */
export const shortLifeMs = 1000;

/** Lets a Vira that serves come to a bad end, with this exit status. */
export const killVira = async ({says}: StartedVira): Promise<number> => {
	await says('vira: thread blocked indefinitely in an STM transaction', 'stderr');
	return 1;
};

/** The signals that ask a process to end, by their numbers (signal(7)). */
export const signalNumbers = {SIGINT: 2, SIGTERM: 15} as const;

export type EndingSignal = keyof typeof signalNumbers;

/**
 * Vira's end by a signal, which is how its process ends in either case: SIGTERM ends it at once; at SIGINT, the runtime
 * of Haskell lets it close its state first, and then ends it by the same signal.
 */
export const endVira = async (
	{machine, process, says}: StartedVira,
	signal: EndingSignal,
): Promise<{readonly signal: EndingSignal}> => {
	const asked = readViraWords(process.arguments);
	if (signal === 'SIGINT' && process.listens && 'values' in asked)
		await closeState({machine, say: says, ...stateOf(asked.values, process.folder)});
	return {signal};
};
