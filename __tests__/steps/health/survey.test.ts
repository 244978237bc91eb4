import {expect, test} from '@jest/globals';
import {onceStarted, type Status} from '../../../src/steps/health/survey.ts';

const startedAt = 1_000_000;

/** What is seen of a service whose process started a while ago. */
const statusOf = (kind: 'silent' | 'responds'): Status =>
	({page: {kind}, vitals: {since: startedAt}}) as unknown as Status;

/** Looks at a Vira that begins to respond some time after its start; returns how old it was when it was last seen. */
const seenOf = async (firstLookMs: number, respondsAfterMs: number) => {
	let now = startedAt + firstLookMs;
	const system = {
		now: () => now,
		sleep: async (ms: number) => {
			now += ms;
		},
	};
	const look = async () => statusOf(now - startedAt >= respondsAfterMs ? 'responds' : 'silent');
	const {page} = await onceStarted(system, look, (status) => status);
	return [page?.kind, now - startedAt];
};

test.each([
	['responds at once: it is looked at once', [100, 0], ['responds', 100]],
	['responds two seconds later: it is looked at again until then', [100, 2000], ['responds', 2100]],
	['never responds: nobody waits longer than five seconds', [100, Infinity], ['silent', 5100]],
	['has been running for a while: nobody waits for it', [60_000, Infinity], ['silent', 60_000]],
] as const)('a Vira that has just started and %s', async (_, [first, responds], seen) => {
	expect(await seenOf(first, responds)).toEqual(seen);
});
