import {type Notice, fixText} from '../notice.ts';
import {exitCode, SetupError, type Failure} from '../errors.ts';
import {maskLooks} from '../settings/secrets/mask-looks.ts';
import {maskFailure} from '../platform/actions/progress.ts';
import {printable} from './printable.ts';

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
