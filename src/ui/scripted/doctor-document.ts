import {doctorFix, isRepaired, type Examination} from '../../steps/health/examination.ts';
import {documentSchema} from './json-text.ts';
import {printable} from '../printable.ts';
import {proxyOf} from '../../steps/health/survey.ts';
import type {CheckResult} from '../../steps/health/check-result.ts';
import {noticeJson} from './notice.ts';
import {toJson} from '../../platform/actions/action.ts';
import type {Document} from './document.ts';

const checkPart = ({fixes = [], ...result}: CheckResult, examination: Examination) =>
	noticeJson({...result, fixes: isRepaired(result, examination) ? [doctorFix, ...fixes] : fixes});

/** Every check of `doctor`; `plan` is what --fix does. */
export const doctorDocument = (
	examination: Examination,
	{simulation, repaired}: {readonly simulation: boolean; readonly repaired: boolean},
): Document => {
	const {results, log, status, repair} = examination;
	return {
		schema: documentSchema,
		command: 'doctor',
		outcome: 'examined',
		...(simulation && {simulation: true}),
		changed: repaired,
		healthy: status.healthy,
		url: status.url ?? null,
		proxy: proxyOf(status) ?? null,
		checks: results.map((result) => checkPart(result, examination)),
		log: log.map(printable),
		plan: repair ? repair.proposal.actions.map((action) => toJson(action, repair.proposal.mask)) : [],
	};
};
