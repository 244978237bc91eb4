import type {RunningProcess} from '../platform/facts.ts';

/** `vira (PID 597) and git (PID 598)`. */
export const processesText = (processes: readonly RunningProcess[]): string =>
	processes.map(({pid, name}) => `${name} (PID ${pid})`).join(' and ');

export const stoppedButRunning = (processes: readonly RunningProcess[]): string =>
	`The service is stopped, but Vira is still running: ${processesText(processes)}.`;

/** At this signal Vira writes a checkpoint before it ends. */
export const endProcesses = (processes: readonly RunningProcess[]): string =>
	`kill -INT ${processes.map(({pid}) => pid).join(' ')}   ends it`;
