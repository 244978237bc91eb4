import {isRepaired, type Examination} from '../../steps/doctor/examination.ts';
import {printable} from '../printable.ts';
import {proxyOf} from '../../steps/status/proxy.ts';
import {planned, type Document} from '../scripted/document.ts';

/** All that `doctor` has looked at; `plan` is what --fix does. */
export const doctorDocument = (
	examination: Examination,
	{simulation, repaired}: {readonly simulation: boolean; readonly repaired: boolean},
): Document => {
	const {results, log, status, repair} = examination;
	return {
		schema: 1,
		outcome: 'examined',
		...(simulation && {simulation: true}),
		changed: repaired,
		healthy: status.healthy,
		url: status.url ?? null,
		proxy: proxyOf(status) ?? null,
		checks: results.map((result) => ({
			level: result.level,
			code: result.code,
			message: result.message,
			detail: result.detail ?? null,
			fixes: result.fixes,
			fixable: isRepaired(result, examination),
		})),
		log: log.map(printable),
		plan: repair ? repair.proposal.actions.map((action) => planned(action, repair.proposal.mask)) : [],
	};
};
