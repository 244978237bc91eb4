import {expect} from '@jest/globals';
import type {GivenMac} from '../../src/simulator/macos/fresh-mac.ts';
import {macIn, simulateMac, type MacSimulation} from './simulated-mac.ts';
import {madeOnce} from './made-once.ts';
import {run} from './run-command.ts';
import {errorText} from './notices.ts';

/** A Mac where Vira was set up and is running. */
export const macSetUp: (given?: GivenMac, ...words: readonly string[]) => Promise<MacSimulation> = madeOnce(
	macIn,
	async (given: GivenMac = {}, ...words: readonly string[]) => {
		const machine = await simulateMac(given);
		const {code, document} = await run(machine, ...words);
		expect([code, document.outcome]).toEqual([0, 'installed']);
		return machine;
	},
);

/** The result of a run: its exit status, its outcome, and the message of a refusal. */
export const ended = async (
	machine: MacSimulation,
	...words: readonly string[]
): Promise<readonly [code: number | string, outcome: string, message: string]> => {
	const {code, document} = await run(machine, ...words);
	return [code, document.outcome, errorText(document)];
};
