import {linkSync, readFileSync, rmSync, unlinkSync, writeFileSync} from 'node:fs';
import {codeOf, Failure} from './failure.ts';
import type {Log} from './log.ts';

interface Owner {
	readonly pid: number;
	readonly startedAt: string | undefined;
}

// Process ids come again after a reboot; the start time tells such a stranger from the owner (Linux only).
const startOf = (pid: number): string | undefined => {
	try {
		const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
	} catch {
		return undefined;
	}
};

const ownerIn = (path: string): Owner | undefined => {
	try {
		const [pid, startedAt] = readFileSync(path, 'utf8').trim().split(' ');
		return {pid: Number(pid), startedAt};
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
};

const isAlive = ({pid, startedAt}: Owner): boolean => {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (codeOf(error) !== 'EPERM') return false;
	}
	return startedAt === undefined || startedAt === startOf(pid);
};

// A link appears with its content or not at all, so no other process ever reads half a lock.
const appears = (path: string): boolean => {
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, `${process.pid} ${startOf(process.pid) ?? ''}`.trim());
	try {
		linkSync(draft, path);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	} finally {
		unlinkSync(draft);
	}
};

/** Takes the lock, also from a process that ended without giving it back. */
export const takeLock = (path: string, log: Log): void => {
	while (!appears(path)) {
		const owner = ownerIn(path);
		if (owner === undefined) continue;
		if (isAlive(owner)) throw new Failure(`The state is locked by process ${owner.pid}: ${path}`);
		log('Warning', `Taking over the lock that process ${owner.pid} left behind: ${path}`);
		rmSync(path, {force: true});
	}
};

export const releaseLock = (path: string): void => rmSync(path, {force: true});
