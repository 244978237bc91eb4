import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {exitCode, type ExitCode} from '../../errors.ts';
import {fstatSync, writeSync} from 'node:fs';
import {Writable} from 'node:stream';

/** What ends the program early. */
export const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Requests in libuv's thread pool; a blocked one cannot be interrupted. */
const isThreads = (resource: string): boolean =>
	/^(?:FSReq|FileHandle\w*Req|GetAddrInfoReq|GetNameInfoReq)/u.test(resource);

const isWorking = (): boolean => process.getActiveResourcesInfo().some(isThreads);

const lookEveryMs = 10;
const patienceMs = 100;

/**
 * Ends the process. Node's own exit waits for its threads, forever if one reads from a file system that does not respond
 * (network or FUSE); a signal does not wait. For a shell, a process killed by SIGINT has exit status 130, as a cancelled
 * run should.
 */
export const leave = async (status: ExitCode): Promise<never> => {
	for (let waited = 0; isWorking() && waited < patienceMs; waited += lookEveryMs) await wait(lookEveryMs);
	if (isWorking()) {
		for (const signal of endings) process.removeAllListeners(signal);
		if (status === exitCode.cancelled) process.kill(process.pid, 'SIGINT');
	}
	return process.exit(status);
};

/**
 * Standard output that writes everything or fails. On a full disk, write(2) writes only the beginning of a piece, and if
 * standard output is a file, Node takes that for the whole.
 */
export const wholeOutput = (stdout: NodeJS.WriteStream & {readonly fd: number}): NodeJS.WriteStream => {
	const {fd} = stdout;
	if (!fstatSync(fd).isFile()) return stdout;
	const write = (bytes: Uint8Array): void => {
		for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
	};
	// Synchronously, like Node itself: standard error to the same file keeps its order.
	return new Writable({
		write: (bytes: Uint8Array, _, done) => {
			try {
				write(bytes);
				done();
			} catch (error) {
				done(error as Error);
			}
		},
	}) as unknown as NodeJS.WriteStream;
};
