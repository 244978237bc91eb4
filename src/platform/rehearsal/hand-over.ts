import type {RunOptions, RunResult} from '../system.ts';
import type {Keeper, Machine} from './machine.ts';
import {advance} from './time.ts';

/** Says what is new since it was asked last. */
export type Following = (machine: Machine) => Promise<string>;

interface Taker extends RunOptions {
	readonly onOutput: NonNullable<RunOptions['onOutput']>;
	/** Waits for real, where the pace is lifelike. */
	readonly wait: (ms: number) => Promise<void>;
}

/** How often what is followed is looked at. */
const everyMs = 250;

const utf8 = new TextEncoder();

/** Hands over what a command has said, and what it says from then on, until it is ended. */
export const handOver = async (
	{inTurn}: Keeper,
	{result, more}: {readonly result: RunResult; readonly more: Following | undefined},
	{onOutput, signal, wait}: Taker,
): Promise<RunResult> => {
	// The break after the last line, which results are without.
	if (result.stdout !== '') await onOutput(utf8.encode(`${result.stdout}\n`));
	const handed = {...result, stdout: ''};
	if (!more) return handed;
	while (!signal?.aborted) {
		const text = await inTurn(async (machine) => {
			await advance(machine, everyMs);
			return more(machine);
		});
		if (text !== '') await onOutput(utf8.encode(text));
		await wait(everyMs);
	}
	return {...handed, exitCode: undefined};
};
