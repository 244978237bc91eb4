import {demandAccess, type FileAccess} from './machine-files.ts';
import type {MachineState} from '../machine-state.ts';
import {listenersOf, runningViras, unitGroup, type SimulatedListener} from '../listeners.ts';

/** As many words of 32 bits as the address has, each with its lowest byte first. */
const hexOf = (address: string): string => {
	const words = address.includes(':')
		? wordsIn(address)
		: [address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))];
	return words.map((bytes) => bytes.toReversed().join('').toUpperCase()).join('');
};

const wordsIn = (address: string): readonly (readonly string[])[] => {
	const [before = '', after] = address
		.split('::')
		.map((half) => half.split(':').filter((part) => part !== ''));
	const [head, tail] = [before === '' ? [] : before, after ?? []];
	const zeros = Array.from({length: 8 - head.length - tail.length}, () => '0');
	const bytes = [...head, ...zeros, ...tail].flatMap((part) => part.padStart(4, '0').match(/../gu) ?? []);
	return [0, 4, 8, 12].map((start) => bytes.slice(start, start + 4));
};

const procHeading =
	'  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

/** proc(5), /proc/net/tcp: the listening sockets; there are no others. */
const socketTable = (listeners: readonly SimulatedListener[]): string => {
	const lines = listeners.map(({address, port, uid, inode}, index) => {
		const local = `${hexOf(address)}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
		const remote = `${'0'.repeat(hexOf(address).length)}:0000`;
		const queues = '00000000:00000000 00:00000000 00000000';
		return `${String(index).padStart(4)}: ${local} ${remote} 0A ${queues} ${String(uid).padStart(5)}        0 ${inode} 1 0000000000000000 100 0 0 10 0`;
	});
	return [procHeading, ...lines, ''].join('\n');
};

interface Process {
	readonly pid: number;
	readonly program: string;
	readonly uid: number;
	readonly group: string;
	readonly inodes: readonly number[];
}

/** The visible processes: Viras and every program that listens. */
const processesIn = (state: MachineState): readonly Process[] => {
	const {uid} = state.user;
	const listening = listenersOf(state).map((one) => ({...one, inodes: [one.inode]}));
	const main = runningViras(state).map(({pid, unit = ''}) => ({
		...{pid, program: 'vira', uid, inodes: []},
		group: unitGroup(uid, unit),
	}));
	return [...listening, ...main.filter(({pid}) => listening.every((one) => one.pid !== pid))];
};

const processAt = (state: MachineState, path: string): Process | undefined => {
	const pid = Number(/^\/proc\/(\d+)\//u.exec(path)?.[1]);
	return processesIn(state).find((one) => one.pid === pid);
};

/** What a process of the service was started with. */
const variablesAt = (state: MachineState, pid: number | undefined): string | undefined => {
	const found = runningViras(state).find((one) => one.pid === pid);
	const all = {INVOCATION_ID: '6b6b0b6b', ...found?.process.environment};
	return (
		found &&
		Object.entries(all)
			.map(([name, value]) => `${name}=${value}\0`)
			.join('')
	);
};

const procText = (state: MachineState, path: string): string | undefined => {
	const isIpv6 = path === '/proc/net/tcp6';
	if (isIpv6 || path === '/proc/net/tcp')
		return socketTable(listenersOf(state).filter(({address}) => address.includes(':') === isIpv6));
	const found = processAt(state, path);
	if (path.endsWith('/comm')) return found && `${found.program}\n`;
	if (path.endsWith('/environ')) return variablesAt(state, found?.pid);
	return path.endsWith('/cgroup') ? found && `0::${found.group}\n` : undefined;
};

const demandRead = (state: MachineState, path: string): void => demandAccess(state, `${path}/`, path);

const noexecMounts = ({noexec = []}: MachineState): string =>
	noexec.map((place) => `/dev/vdb1 ${place} ext4 rw,noexec,relatime 0 0\n`).join('');

/** Files with what the kernel of a Linux machine shows about sockets and processes (proc(5)). */
export const withProc = (files: FileAccess, state: MachineState): FileAccess => {
	if (state.mac) return files;
	return {
		...files,
		readFile: async (path, options) => {
			const text = path.startsWith('/proc/') ? procText(state, path) : undefined;
			if (path === '/proc/self/mounts')
				return `${(await files.readFile(path, options)) ?? ''}${noexecMounts(state)}`;
			if (text === undefined) return files.readFile(path, options);
			demandRead(state, path);
			return text;
		},
		list: async (path) => {
			const names = await files.list(path);
			return path === '/proc' ? [...(names ?? []), ...processesIn(state).map(({pid}) => String(pid))] : names;
		},
	};
};

/** The links in a folder: of a process those to its files, for its own user only (proc(5), /proc/pid/fd). */
export const procLinks = (state: MachineState, folder: string): readonly string[] | undefined => {
	const found = folder.endsWith('/fd') && !state.mac ? processAt(state, folder) : undefined;
	if (!found) return undefined;
	const isHidden = found.uid !== state.user.uid;
	demandRead(isHidden ? {...state, unreadable: [folder]} : state, folder);
	return ['/dev/null', ...found.inodes.map((inode) => `socket:[${inode}]`)];
};
