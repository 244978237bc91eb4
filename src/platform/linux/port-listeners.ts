import type {Holder, Listeners, ServiceProcesses} from '../listener.ts';
import type {System} from '../system.ts';
import {readListeningSockets, type ListeningSocket} from './listening-sockets.ts';

/** It may have ended meanwhile, or be hidden (proc(5), hidepid=). */
const readOf = (system: System, pid: number, name: 'cgroup' | 'comm'): Promise<string | undefined> =>
	system.readFile(`/proc/${pid}/${name}`).catch(() => undefined);

/** The inodes of the sockets that a process has open; none, where this person may not see them (ptrace(2)). */
const socketsOf = async (system: System, pid: number): Promise<readonly string[]> => {
	const targets = await system.linksIn(`/proc/${pid}/fd`).catch(() => undefined);
	return (targets ?? []).flatMap((target) => /^socket:\[(\d+)\]$/u.exec(target)?.[1] ?? []);
};

/** The processes that have the sockets open, by inode: the main process of the service first, then all that can be seen. */
const findOwners = async (
	system: System,
	inodes: readonly string[],
	mainPid: number | undefined,
): Promise<ReadonlyMap<string, number>> => {
	const owners = new Map<string, number>();
	const lookAt = async (pid: number): Promise<void> => {
		for (const inode of await socketsOf(system, pid))
			if (inodes.includes(inode) && !owners.has(inode)) owners.set(inode, pid);
	};
	if (mainPid !== undefined) await lookAt(mainPid);
	if (inodes.every((inode) => owners.has(inode))) return owners;
	const names = await system.list('/proc').catch(() => undefined);
	for (const pid of (names ?? []).filter((name) => /^\d+$/u.test(name)).map(Number)) {
		if (inodes.every((inode) => owners.has(inode))) break;
		await lookAt(pid);
	}
	return owners;
};

/** cgroups(7): `0::/user.slice/…/NAME.service`; before version 2, systemd's own is `1:name=systemd:/…`. */
const isWithin = (groups: string, group: string): boolean =>
	groups.split('\n').some((line) => {
		const path = line.replace(/^\d+:(?:name=systemd)?:/u, '');
		return path === group || path.startsWith(`${group}/`);
	});

/** The user manager is a service too, and holds all that is no other. */
const unitIn = (groups: string): string | undefined =>
	groups.split(/[\n/]/u).findLast((part) => part.endsWith('.service') && !part.startsWith('user@'));

const describe = async (
	system: System,
	pid: number,
	{mainPid, controlGroup}: ServiceProcesses,
): Promise<Holder> => {
	if (pid === mainPid) return {is: 'service'};
	const [groups = '', name = ''] = await Promise.all([
		readOf(system, pid, 'cgroup'),
		readOf(system, pid, 'comm'),
	]);
	if (controlGroup !== undefined && isWithin(groups, controlGroup)) return {is: 'service'};
	return {is: 'process', name: name.trim(), pid, unit: unitIn(groups)};
};

/** passwd(5): `name:password:uid:…`; who is in no file is named by the number. */
const userName = async (system: System, uid: number): Promise<string> => {
	const lines = (await system.readFile('/etc/passwd').catch(() => undefined))?.split('\n') ?? [];
	const names = lines.map((line) => line.split(':')).filter((fields) => fields[2] === String(uid));
	return names[0]?.[0] ?? String(uid);
};

/**
 * Who listens on a port. The kernel tells the sockets and their users to everybody, and which process has one open to
 * its own user. A socket of this person's that no process is seen to have stays `hidden`.
 */
export const linuxListeners = async (
	system: System,
	port: number,
	service: ServiceProcesses,
): Promise<Listeners | undefined> => {
	const sockets = await readListeningSockets(system, port);
	if (!sockets) return undefined;
	const inodes = sockets.filter(({uid}) => uid === system.user.uid).map(({inode}) => inode);
	const owners =
		inodes.length === 0 ? new Map<string, number>() : await findOwners(system, inodes, service.mainPid);
	const holderOf = async ({uid, inode}: ListeningSocket): Promise<Holder> => {
		const pid = owners.get(inode);
		if (pid !== undefined) return describe(system, pid, service);
		if (uid === system.user.uid) return {is: 'hidden'};
		return {is: 'other-user', user: await userName(system, uid)};
	};
	const seen = await Promise.all(
		sockets.map(async (socket) => ({address: socket.address, holder: await holderOf(socket)})),
	);
	return {seen, complete: true};
};
