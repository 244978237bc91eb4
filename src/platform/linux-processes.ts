import {skim} from './paths.ts';
import type {System} from './system.ts';

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
