import {exitCode, type Complaint} from './errors.ts';

type MachineFailure = Error & {readonly code: string; readonly path?: unknown};

/** What a call of the system throws (errno(3)); Node's own mistakes have names such as ERR_INVALID_ARG_TYPE. */
const isMachineFailure = (error: unknown): error is MachineFailure =>
	error instanceof Error && 'code' in error && /^E(?!RR_)[A-Z0-9]+$/u.test(String(error.code));

const messages: Readonly<Record<string, (place: string) => string>> = {
	EACCES: (place) => `You may not use ${place}.`,
	EPERM: (place) => `You may not use ${place}.`,
	ENOSPC: (place) => `There is no room left for ${place}.`,
	EDQUOT: (place) => `There is no room left for ${place}: your quota is used up.`,
	EROFS: (place) => `There is a read-only file system below ${place}.`,
	ENOENT: (place) => `${place} is not there, or the folder that it should be in.`,
	ENOTDIR: (place) => `There is a file above ${place} where a folder should be.`,
	EIO: (place) => `The disk reports an error at ${place}.`,
};

/** What there is to say where it was the machine that failed; undefined for a mistake of ours. */
export const machineFailure = (error: unknown): Complaint | undefined => {
	if (!isMachineFailure(error)) return undefined;
	const {code, path, message} = error;
	const place = typeof path === 'string' ? path : 'a file';
	const isDenied = code === 'EACCES' || code === 'EPERM';
	return {
		what: messages[code]?.(place) ?? `The machine does not let vira-setup use ${place}.`,
		why: message,
		code: isDenied ? exitCode.privilege : exitCode.unexpected,
	};
};
