import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {exitCode, type ExitCode} from '../../errors.ts';

/** What ends the program early. */
export const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Requests in libuv's thread pool; a blocked one cannot be interrupted. */
const isThreads = (resource: string): boolean =>
	/^(?:FSReq|FileHandle\w*Req|GetAddrInfoReq|GetNameInfoReq)/u.test(resource);

const isWorking = (): boolean => process.getActiveResourcesInfo().some(isThreads);

const pollEveryMs = 10;
const patienceMs = 100;

/**
 * Ends the process. Node's own exit waits for its threads, forever if one reads from a file system that does not respond
 * (network or FUSE); a signal does not wait. For a shell, a process killed by SIGINT has exit status 130, as a cancelled
 * run should.
 */
export const leave = async (status: ExitCode): Promise<never> => {
	for (let waited = 0; isWorking() && waited < patienceMs; waited += pollEveryMs) await wait(pollEveryMs);
	if (isWorking()) {
		for (const signal of endings) process.removeAllListeners(signal);
		if (status === exitCode.cancelled) process.kill(process.pid, 'SIGINT');
	}
	return process.exit(status);
};
