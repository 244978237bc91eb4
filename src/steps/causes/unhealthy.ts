import {exitCode, type Complaint} from '../../errors.ts';
import type {Verdict} from '../progress.ts';
import type {Cause} from './cause.ts';

/** What says no more than the cause has said already. */
const isTold = (message: string, cause: Cause | undefined): boolean =>
	cause !== undefined && (cause.message.includes(message) || message.includes(cause.message));

/** What is said of a service that was looked at in vain: the cause first, as far as it is known. `seeLog` shows the log. */
export const unhealthy = (
	{findings, log, logUnreadable}: Verdict,
	cause: Cause | undefined,
	seeLog: string,
): Complaint => {
	const seen = findings
		.filter(({good, code}) => !good && (code === 'running' || code === 'answering'))
		.map(({message}) => message)
		.filter((message) => !isTold(message, cause));
	return {
		what: 'Vira does not run as it should.',
		why: [...(cause ? [cause.message] : []), ...seen, ...(logUnreadable ? [logUnreadable.what] : [])].join(
			'\n',
		),
		...(cause && {reason: cause.reason}),
		next: [...(cause?.fixes ?? []), ...(logUnreadable?.next ?? [seeLog])],
		log,
		code: exitCode.unhealthy,
	};
};
