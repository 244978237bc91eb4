import type {MachineState, ViraProcess} from './machine-state.ts';

export interface RunningProcess {
	readonly pid: number;
	readonly process: ViraProcess;
	/** The unit of systemd that it belongs to. */
	readonly unit?: string;
}

/** Every Vira that runs on this machine, however it was started. */
export const processesOf = ({units, mac}: MachineState): readonly RunningProcess[] => [
	...Object.entries(units).flatMap(([unit, {process, mainPid, left = []}]) => [
		...(process ? [{pid: mainPid, process, unit}] : []),
		...left.map((one) => ({...one, unit})),
	]),
	...Object.values(mac?.services ?? {}).flatMap(({process, pid}) =>
		process && pid !== undefined ? [{pid, process}] : [],
	),
];
