import {exitCode, type Complaint} from '../../errors.ts';
import type {Verdict} from '../../platform/actions/progress.ts';
import type {Cause} from '../../platform/vira/cause.ts';

/** Whether a message repeats what the cause says. */
const isTold = (message: string, cause: Cause | undefined): boolean =>
	cause !== undefined && (cause.message.includes(message) || message.includes(cause.message));

/** The report on an unhealthy service: the cause first, if known. `seeLog` is the command that shows the log. */
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
		what: 'Vira did not start properly.',
		why: [...(cause ? [cause.message] : []), ...seen, ...(logUnreadable ? [logUnreadable.what] : [])].join(
			'\n',
		),
		...(cause && {reason: cause.reason}),
		next: [...(cause?.fixes ?? []), ...(logUnreadable?.next ?? [seeLog])],
		log,
		code: exitCode.unhealthy,
	};
};
