import type {MachineState, OtherListener} from './machine-state.ts';
import type {ViraProcess} from './vira/vira-process.ts';

/** A program of the simulated machine that waits for connections. */
export interface SimulatedListener {
	readonly address: string;
	readonly port: number;
	readonly program: string;
	readonly pid: number;
	/** The number of its user. */
	readonly uid: number;
	/** Where it stands in the tree of control groups. */
	readonly group: string;
	/** The inode of its socket. */
	readonly inode: number;
	readonly https: boolean;
	readonly answers: boolean;
	/** The status for every path, if it is always the same. */
	readonly status: number | undefined;
	/** Of a Vira. */
	readonly process?: ViraProcess;
}

/** The process numbers of programs that have nothing to do with Vira begin here. */
const firstOther = 900;

/** Each process has one socket, whose number none of another has. */
const inodeOf = (pid: number): number => 20_000 + pid;

const sessionGroup = (uid: number): string => `/user.slice/user-${uid}.slice/session-1.scope`;

/** Every program that listens on a port. */
export const listenersOn = (state: MachineState, port: number): readonly SimulatedListener[] =>
	listenersOf(state).filter((one) => one.port === port);
interface RunningVira {
	readonly pid: number;
	readonly process: ViraProcess;
	/** The unit of systemd that it belongs to. */
	readonly unit?: string;
}

/** Every Vira that runs on this machine, however it was started. */
export const runningViras = ({units, mac}: MachineState): readonly RunningVira[] => [
	...Object.entries(units).flatMap(([unit, {process, mainPid, left = []}]) => [
		...(process ? [{pid: mainPid, process, unit}] : []),
		...left.map((one) => ({...one, unit})),
	]),
	...Object.values(mac?.services ?? {}).flatMap(({process, pid}) =>
		process && pid !== undefined ? [{pid, process}] : [],
	),
];

/** systemd keeps a user's units below their manager (systemd.special(7), app.slice). */
export const unitGroup = (uid: number, unit: string): string =>
	`/user.slice/user-${uid}.slice/user@${uid}.service/app.slice/${unit}`;

const ofOther = (one: OtherListener, index: number, {user}: MachineState): SimulatedListener => {
	const pid = firstOther + index;
	const uid = one.uid ?? user.uid;
	return {
		address: one.address ?? '::',
		port: one.port,
		program: one.program,
		pid,
		uid,
		group: one.unit === undefined ? sessionGroup(uid) : unitGroup(uid, one.unit),
		inode: inodeOf(pid),
		https: one.https ?? false,
		answers: true,
		status: one.status ?? 404,
	};
};

const ofVira = (
	process: ViraProcess,
	main: number,
	{uid, group}: {readonly uid: number; readonly group: string},
): readonly SimulatedListener[] => {
	const {listens, child} = process;
	if (!listens) return [];
	const pid = child ?? main;
	return [
		{...listens, pid, program: 'vira', uid, group, inode: inodeOf(pid), status: listens.status, process},
	];
};

/** Every program that listens on the machine. */
export const listenersOf = (state: MachineState): readonly SimulatedListener[] => {
	const {uid} = state.user;
	return [
		...state.listeners.map((one, index) => ofOther(one, index, state)),
		...runningViras(state).flatMap(({pid, process, unit}) =>
			ofVira(process, pid, {uid, group: unit === undefined ? sessionGroup(uid) : unitGroup(uid, unit)}),
		),
	];
};
