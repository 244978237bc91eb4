import type {MachineState, ViraProcess} from './machine-state.ts';

export interface RunningProcess {
	readonly pid: number;
	readonly process: ViraProcess;
}

/** Every Vira that runs on this machine, whoever started it. */
export const processesOf = ({units, mac}: MachineState): readonly RunningProcess[] => [
	...Object.values(units).flatMap(({process, mainPid}) => (process ? [{pid: mainPid, process}] : [])),
	...Object.values(mac?.services ?? {}).flatMap(({process, pid}) =>
		process && pid !== undefined ? [{pid, process}] : [],
	),
];
