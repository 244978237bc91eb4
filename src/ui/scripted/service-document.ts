import type {ServiceOutcome} from '../../steps/execute/outcome.ts';
import {documentSchema} from './json-text.ts';
import {errorPart, type Document} from './document.ts';
import {failureJson, findingJson} from './notice.ts';
import type {ServiceManner} from '../reports/service-ui.ts';

type Manner = Pick<ServiceManner, 'command' | 'simulation' | 'mask' | 'proxy'>;

const changes = (outcome: ServiceOutcome): boolean => {
	if (!('notUndone' in outcome)) return outcome.outcome !== 'unchanged';
	return outcome.undone
		? outcome.notUndone.length > 0 || outcome.left !== 'as-before'
		: outcome.outcome === 'failed' && outcome.changed === true;
};

/** The document of start, stop and restart. */
export const serviceDocument = (
	outcome: ServiceOutcome,
	{command, simulation, mask, proxy}: Manner,
): Document => {
	const verdict = 'verdict' in outcome ? outcome.verdict : undefined;
	return {
		schema: documentSchema,
		command,
		outcome: outcome.outcome,
		...(simulation && {simulation: true}),
		changed: changes(outcome),
		...('process' in outcome && {pid: outcome.process ?? null}),
		...(verdict && {
			url: verdict.url,
			proxy: proxy ?? null,
			startsAtBoot: verdict.startsAtBoot ?? null,
			survivesLogout: verdict.survivesLogout,
			healthy: verdict.healthy,
			findings: verdict.findings.map((one) => findingJson(one, mask)),
		}),
		...('next' in outcome && {nextStart: {when: outcome.next.when, message: outcome.next.message}}),
		...('left' in outcome && {serviceState: outcome.left === 'as-before' ? 'unchanged' : outcome.left}),
		...('notUndone' in outcome && {notUndone: outcome.notUndone.map((one) => failureJson(one, mask))}),
		...(outcome.outcome === 'failed' && {error: errorPart(outcome.failure, mask)}),
	};
};
