import {exitCode, type Failure} from '../errors.ts';
import {maskLooks} from '../settings/secret-looks.ts';
import {maskFailure} from '../platform/actions/progress.ts';
import {printable} from './printable.ts';

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
