import type {RunOptions, RunResult} from '../platform/system.ts';
import type {Keeper, Machine} from './machine.ts';
import {advance} from './time.ts';

/** Returns the output since the last call. */
export type Following = (machine: Machine) => Promise<string>;

interface Taker extends RunOptions {
	readonly onOutput: NonNullable<RunOptions['onOutput']>;
	/** Waits for real if the pace is lifelike. */
	readonly wait: (ms: number) => Promise<void>;
}

/** How often the followed output is read. */
const everyMs = 250;

const utf8 = new TextEncoder();

/** Passes on the output of a command, and its new output until it is stopped. */
export const handOver = async (
	{inTurn}: Keeper,
	{result, more}: {readonly result: RunResult; readonly more: Following | undefined},
	{onOutput, signal, wait}: Taker,
): Promise<RunResult> => {
	// Results lack the line break after the last line.
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
