import {isWithin, skim} from '../paths.ts';
import {canonicalAddress, type Holder, type Listeners, type ServiceProcesses} from './address.ts';
import type {System} from '../system.ts';

/** The process may have exited meanwhile, or be hidden (proc(5), hidepid=). */
export const readProcess = (
	system: System,
	pid: number,
	name: 'cgroup' | 'comm',
): Promise<string | undefined> => skim(system, `/proc/${pid}/${name}`);

/** The PIDs of all visible processes; undefined: the list is hidden. */
export const listProcesses = async (system: System): Promise<readonly number[] | undefined> => {
	const names = await system.list('/proc').catch(() => undefined);
	return names?.filter((name) => /^\d+$/u.test(name)).map(Number);
};

/** A listening TCP socket. */
interface ListeningSocket {
	readonly address: string;
	/** The UID of the user who created it. */
	readonly uid: number;
	/** Links it to the open files of a process (proc(5), /proc/pid/fd). */
	readonly inode: string;
}

/** The kernel prints 32-bit words in the byte order of the machine; every machine that Vira is built for is little-endian. */
const bytesOf = (hex: string): readonly string[] =>
	(hex.match(/.{8}/gu) ?? []).flatMap((word) => (word.match(/../gu) ?? []).toReversed());

const addressIn = (hex: string): string => {
	const bytes = bytesOf(hex);
	if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
	return canonicalAddress(bytes.join('').match(/.{4}/gu)?.join(':') ?? '');
};

/**
 * `   0: 0100007F:138D 00000000:0000 0A …  1000        0 27381 …`: a number, the local address, the remote one, the
 * state (0A: TCP_LISTEN), three columns, the user, a column, the inode (proc(5), /proc/net/tcp).
 */
const socketLine = /^\s*\d+: ([\dA-F]+):([\dA-F]{4}) \S+ 0A \S+ \S+ \S+\s+(\d+)\s+\d+ (\d+) /u;

const socketsIn = (text: string, port: number): readonly ListeningSocket[] =>
	text.split('\n').flatMap((line) => {
		const [, address = '', at = '', uid, inode = ''] = socketLine.exec(line) ?? [];
		return uid !== undefined && Number.parseInt(at, 16) === port
			? [{address: addressIn(address), uid: Number(uid), inode}]
			: [];
	});

/** Every socket that listens on the port, of any user; undefined if the kernel's list cannot be read. */
export const readListeningSockets = async (
	system: System,
	port: number,
): Promise<readonly ListeningSocket[] | undefined> => {
	const texts = await Promise.all(
		// The second file does not exist if the kernel has no IPv6.
		['/proc/net/tcp', '/proc/net/tcp6'].map((path) => skim(system, path)),
	);
	if (texts[0] === undefined) return undefined;
	return texts.flatMap((text) => socketsIn(text ?? '', port));
};

/**
 * The inodes of the sockets that a process has open; undefined if this person cannot see them: a program with extra
 * privileges, or one that is not readable, is hidden from its own user too (ptrace(2), PR_SET_DUMPABLE).
 */
const socketsOf = async (system: System, pid: number): Promise<readonly string[] | undefined> => {
	const targets = await system
		.linksIn(`/proc/${pid}/fd`)
		.then((links) => links ?? [])
		.catch(() => undefined);
	return targets?.flatMap((target) => /^socket:\[(\d+)\]$/u.exec(target)?.[1] ?? []);
};

/** What the open files of the processes show about sockets. */
interface SocketsSeen {
	/** The processes that have the sockets open, by inode. */
	readonly owners: ReadonlyMap<string, number>;
	/** The processes whose files are hidden; undefined: the list of processes is hidden too. */
	readonly closed: readonly number[] | undefined;
}

/** Searches the main process of the service first, then every visible process, until each socket has its owner. */
const findOwners = async (
	system: System,
	inodes: readonly string[],
	mainPid: number | undefined,
): Promise<SocketsSeen> => {
	const owners = new Map<string, number>();
	const closed: number[] = [];
	const areFound = (): boolean => inodes.every((inode) => owners.has(inode));
	const search = async (pid: number): Promise<void> => {
		const sockets = await socketsOf(system, pid);
		if (!sockets) closed.push(pid);
		for (const inode of sockets ?? [])
			if (inodes.includes(inode) && !owners.has(inode)) owners.set(inode, pid);
	};
	if (mainPid !== undefined && !areFound()) await search(mainPid);
	if (areFound()) return {owners, closed};
	const pids = await listProcesses(system);
	if (!pids) return {owners, closed: undefined};
	for (const pid of pids) {
		if (areFound()) break;
		await search(pid);
	}
	return {owners, closed};
};

/** cgroups(7): `0::/user.slice/…/NAME.service`; with version 1, systemd's line is `1:name=systemd:/…`. */
const isInGroup = (groups: string, group: string): boolean =>
	groups.split('\n').some((line) => isWithin(line.replace(/^\d+:(?:name=systemd)?:/u, ''), group));

/** The user manager is a service too, and contains every process without a unit of its own. */
const unitIn = (groups: string): string | undefined =>
	groups.split(/[\n/]/u).findLast((part) => part.endsWith('.service') && !part.startsWith('user@'));

const describeHolder = async (
	system: System,
	pid: number,
	{mainPid, controlGroup}: ServiceProcesses,
): Promise<Holder> => {
	if (pid === mainPid) return {is: 'service'};
	const [groups = '', name = ''] = await Promise.all([
		readProcess(system, pid, 'cgroup'),
		readProcess(system, pid, 'comm'),
	]);
	if (controlGroup !== undefined && isInGroup(groups, controlGroup)) return {is: 'service'};
	return {is: 'process', name: name.trim(), pid, unit: unitIn(groups)};
};

/** passwd(5): `name:password:uid:…`; a user who is not listed is named by the UID. */
const userName = async (system: System, uid: number): Promise<string> => {
	const lines = (await skim(system, '/etc/passwd'))?.split('\n') ?? [];
	const names = lines.map((line) => line.split(':')).filter((fields) => fields[2] === String(uid));
	return names[0]?.[0] ?? String(uid);
};

/** Whether the service is running and the files of all its processes are visible. */
const isServiceOpen = async (
	system: System,
	closed: SocketsSeen['closed'],
	{mainPid, controlGroup}: ServiceProcesses,
): Promise<boolean> => {
	if (!closed || mainPid === undefined || controlGroup === undefined) return false;
	const areOthers = await Promise.all(
		closed.map(async (pid) => {
			const groups = await readProcess(system, pid, 'cgroup');
			// A process that is no longer hidden has exited.
			return groups === undefined
				? (await socketsOf(system, pid)) !== undefined
				: !isInGroup(groups, controlGroup);
		}),
	);
	return areOthers.every(Boolean);
};

/** The holder of a socket without a visible process. A socket that is gone by now may have been the service's. */
const holderUnseen = async (
	system: System,
	{port, inode, isOpen}: {readonly port: number; readonly inode: string; readonly isOpen: boolean},
): Promise<Holder> => {
	const now = isOpen ? await readListeningSockets(system, port) : undefined;
	return now?.some((socket) => socket.inode === inode) ? {is: 'own-program'} : {is: 'hidden'};
};

/**
 * Who listens on a port. The kernel shows sockets and their users to everyone, but the process that has a socket open only
 * to its own user. A socket of this person without a visible process belongs to another program if every process of the
 * service is visible; otherwise it is `hidden`.
 */
export const linuxListeners = async (
	system: System,
	port: number,
	service: ServiceProcesses,
): Promise<Listeners | undefined> => {
	const sockets = await readListeningSockets(system, port);
	if (!sockets) return undefined;
	const inodes = sockets.filter(({uid}) => uid === system.user.uid).map(({inode}) => inode);
	const {owners, closed} = await findOwners(system, inodes, service.mainPid);
	const isOpen = await isServiceOpen(system, closed, service);
	const holderOf = async ({uid, inode}: ListeningSocket): Promise<Holder> => {
		const pid = owners.get(inode);
		if (pid !== undefined) return describeHolder(system, pid, service);
		if (uid === system.user.uid) return holderUnseen(system, {port, inode, isOpen});
		return {is: 'other-user', user: await userName(system, uid)};
	};
	const seen = await Promise.all(
		sockets.map(async (socket) => ({address: socket.address, holder: await holderOf(socket)})),
	);
	return {seen, complete: true};
};
