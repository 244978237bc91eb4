import type {Fix} from '../../notice.ts';
import {exitCode, type Failure} from '../../errors.ts';
import type {Verdict} from '../../platform/actions/progress.ts';
import type {Cause} from '../../platform/vira/cause.ts';

/** Whether a message repeats what the cause says. */
const isTold = (message: string, cause: Cause | undefined): boolean =>
	cause !== undefined && (cause.message.includes(message) || message.includes(cause.message));

/** The report on an unhealthy service: the cause first, if known. `seeLog` shows the log. */
export const unhealthy = (
	{findings, log, logUnreadable}: Verdict,
	cause: Cause | undefined,
	seeLog: Fix,
): Failure => {
	const seen = findings
		.filter(({level, code}) => level !== 'ok' && (code === 'running' || code === 'responding'))
		.map(({message}) => message)
		.filter((message) => !isTold(message, cause));
	return {
		message: 'Vira did not start properly.',
		detail: [
			...(cause ? [cause.message] : []),
			...seen,
			...(logUnreadable ? [logUnreadable.message] : []),
		].join('\n'),
		...(cause && {reason: cause.reason}),
		fixes: [...(cause?.fixes ?? []), ...(logUnreadable?.fixes ?? [seeLog])],
		log,
		exit: exitCode.unhealthy,
	};
};
