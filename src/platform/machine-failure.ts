import {nothingChanged, Cancelled, exitCode, SetupError, type Failure} from '../errors.ts';

type MachineFailure = Error & {readonly code: string; readonly path?: unknown};

/** A system call failed (errno(3)); errors of Node itself have names such as ERR_INVALID_ARG_TYPE. */
const isMachineFailure = (error: unknown): error is MachineFailure =>
	error instanceof Error && 'code' in error && /^E(?!RR_)[A-Z0-9]+$/u.test(String(error.code));

const denied = 'Permission denied';

/** The path follows, where it is known. */
const messages: Readonly<Record<string, string>> = {
	EACCES: denied,
	EPERM: denied,
	ENOSPC: 'No space left on device',
	EDQUOT: 'Disk quota exceeded',
	EROFS: 'Read-only file system',
	ENOENT: 'No such file or folder',
	ENOTDIR: 'A file exists where a folder is needed',
	EIO: 'Disk error',
};

/** The message for a failed system call; undefined for a bug of ours. */
export const machineFailure = (error: unknown): Failure | undefined => {
	if (!isMachineFailure(error)) return undefined;
	const {code, path, message} = error;
	const at = typeof path === 'string' ? `: ${path}` : '.';
	const isDenied = code === 'EACCES' || code === 'EPERM';
	return {
		message: `${messages[code] ?? 'The system reported an error'}${at}`,
		detail: message,
		exit: isDenied ? exitCode.privilege : exitCode.unexpected,
	};
};

const unexpected = (error: unknown): Failure => ({
	message: 'Unexpected error. This is a bug in vira-setup: please report it.',
	detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
	exit: exitCode.unexpected,
});

/** The report on any error. */
export const failureFrom = (error: unknown): Failure => {
	if (error instanceof SetupError) return error.failure;
	if (error instanceof Cancelled) return {message: `Cancelled. ${nothingChanged}`, exit: exitCode.cancelled};
	return machineFailure(error) ?? unexpected(error);
};
