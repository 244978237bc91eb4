import {Cancelled, exitCode, SetupError, type Complaint} from '../errors.ts';
import {machineFailure} from '../platform/machine-failure.ts';
import {maskLooks} from '../settings/secrets/mask-looks.ts';
import {maskComplaint} from '../platform/actions/progress.ts';
import {printable} from './printable.ts';

const unexpected = (error: unknown): Complaint => ({
	what: 'Unexpected error. This is a bug in vira-setup: please report it.',
	why: error instanceof Error ? (error.stack ?? error.message) : String(error),
	code: exitCode.unexpected,
});

/** The report on any error. */
export const complaintFor = (error: unknown): Complaint => {
	if (error instanceof SetupError) return error.complaint;
	if (error instanceof Cancelled) return {what: 'Cancelled. Nothing was changed.', code: exitCode.cancelled};
	return machineFailure(error) ?? unexpected(error);
};

/** It quotes input and the output of other programs, so anything that looks like a secret is hidden. */
export const masked = (complaint: Complaint): Complaint => maskComplaint(complaint, maskLooks);

/** As printed on standard error. */
export const complaintText = ({what, why, next, log, code}: Complaint): string =>
	[
		code === exitCode.cancelled ? what : `vira-setup: ${what}`,
		...(why ? [why] : []),
		...(log ?? []).map((line) => `  ${line}`),
		...(next ?? []).map((line) => `  ${line}`),
		'',
	]
		.flatMap((line) => line.split('\n'))
		.map(printable)
		.join('\n');
