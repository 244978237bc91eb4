import type {ServiceOutcome} from '../../steps/service-outcome.ts';
import {errorPart, type Document} from '../scripted/document.ts';
import type {ServiceManner} from './service-ui.ts';

type Manner = Pick<ServiceManner, 'verb' | 'simulation' | 'mask' | 'proxy'>;

const changes = (outcome: ServiceOutcome): boolean => {
	if (outcome.outcome === 'cancelled') return outcome.notUndone.length > 0 || outcome.left !== 'as-before';
	return outcome.outcome === 'failed' ? outcome.changed : outcome.outcome !== 'unchanged';
};

/** The document of start, stop and restart. */
export const serviceDocument = (
	outcome: ServiceOutcome,
	{verb, simulation, mask, proxy}: Manner,
): Document => {
	const verdict = 'verdict' in outcome ? outcome.verdict : undefined;
	return {
		schema: 1,
		outcome: outcome.outcome,
		verb,
		...(simulation && {simulation: true}),
		changed: changes(outcome),
		...('process' in outcome && {process: outcome.process ?? null}),
		...(verdict && {
			url: verdict.url,
			proxy: proxy ?? null,
			startsAtBoot: verdict.startsAtBoot ?? null,
			survivesLogout: verdict.survivesLogout,
			healthy: verdict.healthy,
			findings: verdict.findings.map((one) => ({...one, message: mask(one.message)})),
		}),
		...('next' in outcome && {nextStart: {when: outcome.next.when, message: outcome.next.message}}),
		...('left' in outcome && {left: outcome.left}),
		...('notUndone' in outcome && {notUndone: outcome.notUndone.map((one) => errorPart(one, mask))}),
		...(outcome.outcome === 'failed' && {error: errorPart(outcome.complaint, mask)}),
	};
};
