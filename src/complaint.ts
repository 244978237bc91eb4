import {Cancelled, exitCode, SetupError, type Complaint} from './errors.ts';
import {machineFailure} from './machine-failure.ts';
import {maskLines, maskLooks} from './settings/secret-looks.ts';
import {printable} from './ui/printable.ts';

const unexpected = (error: unknown): Complaint => ({
	what: 'Something went wrong that should not have: this is a mistake in vira-setup.',
	why: error instanceof Error ? (error.stack ?? error.message) : String(error),
	code: exitCode.unexpected,
});

/** What is told of an error, whatever it is. */
export const complaintFor = (error: unknown): Complaint => {
	if (error instanceof SetupError) return error.complaint;
	if (error instanceof Cancelled) return {what: 'Cancelled. Nothing was changed.', code: exitCode.cancelled};
	return machineFailure(error) ?? unexpected(error);
};

/** Words of a person, and of others, are quoted in it: what looks like a secret is hidden. */
export const masked = ({what, why, next, log, problems, code, changed}: Complaint): Complaint => ({
	what: maskLooks(what),
	...(why !== undefined && {why: maskLooks(why)}),
	...(next && {next: next.map(maskLooks)}),
	...(log && {log: maskLines(log, maskLooks)}),
	...(problems && {problems: problems.map((one) => ({...one, message: maskLooks(one.message)}))}),
	...(changed && {changed}),
	code,
});

/** As it stands on standard error. */
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
