import {SetupError} from '../errors.ts';
import {answerOf} from '../platform/answer-of.ts';
import {commandText} from '../platform/command-text.ts';
import type {System} from '../platform/system.ts';
import type {WaitFor} from './action.ts';
import {wordsOf} from './words-of.ts';

const pollEveryMs = 100;
const hopelessAfterMs = 1000;

/** Throws where something shows that waiting is of no use. */
const demandHope = async ({hopeless}: WaitFor, since: number, system: System): Promise<void> => {
	if (!hopeless || system.now() - since < hopelessAfterMs) return;
	const {probe, lines, complaint} = hopeless;
	const said = answerOf(await system.run(probe, {timeoutMs: 5000}))?.split('\n') ?? [];
	if (lines.every((line) => said.includes(line))) throw new SetupError(complaint);
};

/** Asks again and again until the answer is the one that is waited for; a signal ends it without one. */
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
