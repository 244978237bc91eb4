import type {Fix} from '../../notice.ts';
import type {RunningProcess} from '../service-state.ts';

/** `vira (PID 597) and git (PID 598)`. */
const processesText = (processes: readonly RunningProcess[]): string =>
	processes.map(({pid, name}) => `${name} (PID ${pid})`).join(' and ');

/** The processes of a service that its manager has stopped. */
export const stillRunningText = (processes: readonly RunningProcess[]): string =>
	`The service is stopped, but Vira is still running: ${processesText(processes)}.`;

/** On this signal, Vira writes a checkpoint before it exits. */
export const endProcesses = (processes: readonly RunningProcess[]): Fix => ({
	say: 'stops it',
	command: `kill -INT ${processes.map(({pid}) => pid).join(' ')}`,
});
