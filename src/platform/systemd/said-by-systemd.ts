import {exitedWith, killedBy} from '../run-result.ts';
import {useAnotherVira} from '../service-manager/another-vira.ts';
import {gaveUp, notPrepared, outOfMemory, programUnusable} from './failure-words.ts';
import {buildOneAtATime} from '../service-manager/usual-fixes.ts';
import type {Cause} from '../vira/said-by-vira.ts';

interface Meaning {
	readonly said: RegExp;
	readonly cause: (match: RegExpExecArray) => Cause;
}

/** What systemd logs about the main process of a unit, as seen with versions 247, 252 and 257. */
const meanings: readonly Meaning[] = [
	{
		said: /^vira\.service: Start request repeated too quickly\.$/u,
		cause: () => ({
			reason: 'start-limit',
			message: gaveUp,
			fixes: [{say: 'tries again once the cause is fixed', command: 'vira-setup start'}],
			bySetup: true,
		}),
	},
	{
		said: /^vira\.service: Failed with result 'oom-kill'\.$/u,
		cause: () => ({
			reason: 'out-of-memory',
			message: outOfMemory,
			fixes: [buildOneAtATime],
		}),
	},
	{
		said: /^vira\.service: Main process exited, code=exited, status=203\/EXEC$/u,
		cause: () => ({
			reason: 'program-unusable',
			message: programUnusable,
			fixes: [useAnotherVira],
		}),
	},
	{
		// From 200 on, the status is systemd's own (systemd.exec(5), Process Exit Codes).
		said: /^vira\.service: Main process exited, code=exited, status=(2\d\d)\//u,
		cause: ([, status = '']) => ({
			reason: 'not-startable',
			message: notPrepared(status),
			fixes: [],
		}),
	},
	{
		said: /^vira\.service: Main process exited, code=exited, status=(\d+)\//u,
		cause: ([, status = '']) => ({
			reason: 'exited',
			message: exitedWith(status, 'Vira'),
			fixes: [],
		}),
	},
	{
		said: /^vira\.service: Main process exited, code=(?:killed|dumped), status=\d+\/(\w+)$/u,
		cause: ([, signal = '']) => ({
			reason: 'killed',
			message: killedBy(signal, 'Vira'),
			fixes: [],
		}),
	},
];

/** Reasons that say only how the process ended. */
const general: readonly string[] = ['exited', 'killed', 'not-startable', 'program-unusable'];

/** Why systemd itself stopped the service or does not restart it; undefined if its lines show only how it ended. */
export const whyBySystemd = (lines: readonly string[]): Cause | undefined => {
	const cause = saidBySystemd(lines);
	return cause && !general.includes(cause.reason) ? cause : undefined;
};

/** How the service ended, from systemd's own lines: the last line counts, and for a line the first meaning. */
export const saidBySystemd = (lines: readonly string[]): Cause | undefined => {
	for (const line of lines.toReversed()) {
		for (const {said, cause} of meanings) {
			const match = said.exec(line);
			if (match) return cause(match);
		}
	}
	return undefined;
};
