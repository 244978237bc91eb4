import {type Notice, fixText} from '../notice.ts';
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
export const maskedReport = (failure: Failure): Failure => maskFailure(failure, maskLooks);

/** As printed on standard error. */
export const failureText = ({message, detail, fixes, log, exit}: Failure): string =>
	[
		exit === exitCode.cancelled ? message : `vira-setup: ${message}`,
		...(detail ? [detail] : []),
		...(log ?? []).map((line) => `  ${line}`),
		...(fixes ?? []).map((fix) => `  ${fixText(fix)}`),
		'',
	]
		.flatMap((line) => line.split('\n'))
		.map(printable)
		.join('\n');

/** Without a person to ask: fails with every reason why Vira cannot be set up here. */
export const refuseAdvice = ([first, ...others]: readonly Notice[]): never => {
	throw new SetupError({
		message: first?.message ?? '',
		detail: [first?.detail ?? '', ...others.flatMap(({message, detail = ''}) => [message, detail])].join(
			'\n',
		),
		fixes: [first, ...others].flatMap((one) => one?.fixes ?? []),
		exit: exitCode.unsuitable,
	});
};
