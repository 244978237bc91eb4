import {SetupError, type Failure} from '../../errors.ts';
import {answerOf, whyFailed} from '../run-result.ts';
import {commandText} from '../command-text.ts';
import type {Command, System} from '../system.ts';
import {performing, type ActionKind, type Meanwhile} from './action-kind.ts';

export interface WaitFor {
	readonly does: 'wait-for';
	readonly probe: Command;
	readonly until: {
		readonly exitCode: number;
		/** The whole output, without the line break at its end. */
		readonly stdout?: string;
	};
	readonly withinMs: number;
	readonly why: string;
	readonly onFailure: Failure;
	/** Reported instead, if the last probe timed out. */
	readonly onTimeout?: Failure;
	/** Evidence that waiting is useless, which is then reported. */
	readonly hopeless?: Hopeless;
	/** Whether the undo also waits: the previous state needs it. */
	readonly alsoBack?: boolean;
}

/** A probe that ends a wait early, used after the first second: before, its result may be from an earlier attempt. */
export interface Hopeless {
	readonly probe: Command;
	/** All of them have to be in its output, in any order. */
	readonly lines: readonly string[];
	readonly failure: Failure;
}

const askEveryMs = 100;
const hopelessAfterMs = 1000;

/** Throws if there is evidence that waiting is useless. */
const demandHope = async ({hopeless}: WaitFor, since: number, system: System): Promise<void> => {
	if (!hopeless || system.now() - since < hopelessAfterMs) return;
	const {probe, lines, failure} = hopeless;
	const said = answerOf(await system.run(probe, {timeoutMs: 5000}))?.split('\n') ?? [];
	if (lines.every((line) => said.includes(line))) throw new SetupError(failure);
};

/** Polls until the result is the expected one; a signal stops it without an error. */
const waitFor = async (action: WaitFor, system: System, {signal}: Meanwhile): Promise<void> => {
	const since = system.now();
	const deadline = since + action.withinMs;
	for (;;) {
		const result = await system.run(action.probe, {timeoutMs: 5000});
		const {exitCode: status, stdout} = action.until;
		if (result.exitCode === status && (stdout === undefined || result.stdout.trim() === stdout)) return;
		if (signal?.aborted) return;
		await demandHope(action, since, system);
		const failure = (result.timedOut ? action.onTimeout : undefined) ?? action.onFailure;
		if (system.now() >= deadline)
			throw new SetupError({...failure, detail: `${commandText(action.probe)}: ${whyFailed(result)}`});
		await system.sleep(askEveryMs, signal);
	}
};

export const waitForKind: ActionKind<WaitFor, WaitFor> = {
	perform: performing(waitFor),
	inverse: (action) => (action.alsoBack ? action : undefined),
	describe: ({why}) => why,
	toJson: ({probe, why}) => ({command: probe, why}),
	details: ({probe}) => [commandText(probe)],
};
