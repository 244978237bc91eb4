import {SetupError} from '../../errors.ts';
import {answerOf} from '../run-result.ts';
import {commandText} from '../command-text.ts';
import type {System} from '../system.ts';
import type {WaitFor} from './action.ts';
import {wordsOf} from './words-of.ts';

const pollEveryMs = 100;
const hopelessAfterMs = 1000;

/** Throws if there is evidence that waiting is useless. */
const demandHope = async ({hopeless}: WaitFor, since: number, system: System): Promise<void> => {
	if (!hopeless || system.now() - since < hopelessAfterMs) return;
	const {probe, lines, complaint} = hopeless;
	const said = answerOf(await system.run(probe, {timeoutMs: 5000}))?.split('\n') ?? [];
	if (lines.every((line) => said.includes(line))) throw new SetupError(complaint);
};

/** Polls until the result is the expected one; a signal stops it without an error. */
export const waitFor = async (action: WaitFor, system: System, signal?: AbortSignal): Promise<void> => {
	const since = system.now();
	const deadline = since + action.withinMs;
	for (;;) {
		const result = await system.run(action.probe, {timeoutMs: 5000});
		const {exitCode: status, stdout} = action.until;
		if (result.exitCode === status && (stdout === undefined || result.stdout.trim() === stdout)) return;
		if (signal?.aborted) return;
		await demandHope(action, since, system);
		const complaint = (result.timedOut ? action.onTimeout : undefined) ?? action.onFailure;
		if (system.now() >= deadline)
			throw new SetupError({...complaint, why: `${commandText(action.probe)}: ${wordsOf(result)}`});
		await system.sleep(pollEveryMs, signal);
	}
};
