import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {exitCode, type ExitCode} from '../errors.ts';

/** What ends the program early. */
export const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Requests that a thread works on (libuv's pool); none of its own interrupts one that waits. */
const isThreads = (resource: string): boolean =>
	/^(?:FSReq|FileHandle\w*Req|GetAddrInfoReq|GetNameInfoReq)/u.test(resource);

const isWorking = (): boolean => process.getActiveResourcesInfo().some(isThreads);

const pollEveryMs = 10;
const patienceMs = 100;

/**
 * Ends the process. Node's own exit waits for its threads, and so for ever where one reads from a disk that is gone (a
 * network's, or one that a program provides); a signal waits for none. To a shell, one that SIGINT has ended has the
 * status 130, which is what a cancelled run announces.
 */
export const leave = async (status: ExitCode): Promise<never> => {
	for (let waited = 0; isWorking() && waited < patienceMs; waited += pollEveryMs) await wait(pollEveryMs);
	if (isWorking()) {
		for (const signal of endings) process.removeAllListeners(signal);
		if (status === exitCode.cancelled) process.kill(process.pid, 'SIGINT');
	}
	return process.exit(status);
};
