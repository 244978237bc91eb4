import {Cancelled, exitCode, SetupError, type Failure} from '../errors.ts';
import {machineFailure} from '../platform/machine-failure.ts';
import {maskLooks} from '../settings/secrets/mask-looks.ts';
import {maskFailure} from '../platform/actions/progress.ts';
import {printable} from './printable.ts';

const unexpected = (error: unknown): Failure => ({
	message: 'Unexpected error. This is a bug in vira-setup: please report it.',
	detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
	exit: exitCode.unexpected,
});

/** The report on any error. */
export const failureFrom = (error: unknown): Failure => {
	if (error instanceof SetupError) return error.failure;
	if (error instanceof Cancelled)
		return {message: 'Cancelled. Nothing was changed.', exit: exitCode.cancelled};
	return machineFailure(error) ?? unexpected(error);
};

/** It quotes input and the output of other programs, so anything that looks like a secret is hidden. */
export const masked = (failure: Failure): Failure => maskFailure(failure, maskLooks);

/** As printed on standard error. */
export const failureText = ({message: what, detail: why, fixes: next, log, exit: code}: Failure): string =>
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
