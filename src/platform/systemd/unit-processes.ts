import type {RunningProcess} from '../service-state.ts';
import type {System} from '../system.ts';
import {unitName} from './systemd.ts';

/** The process may have exited meanwhile, or be hidden (proc(5), hidepid=). */
const read = (system: System, pid: string, name: 'cgroup' | 'comm'): Promise<string | undefined> =>
	system.readFile(`/proc/${pid}/${name}`).catch(() => undefined);

/** cgroups(7): `0::/user.slice/…/user@1000.service/app.slice/vira.service`, or below it. */
const isInUnit = (groups: string, uid: number): boolean =>
	groups.split('\n').some((line) => {
		const parts = line.split('/');
		return parts.includes(unitName) && parts.includes(`user@${uid}.service`);
	});

/**
 * The processes in the control group of the service, whatever systemd reports: with KillMode=none or SendSIGKILL=no they
 * can survive a stop (systemd.kill(5)), and systemd forgets the group when it forgets the unit.
 */
export const readUnitProcesses = async (system: System): Promise<readonly RunningProcess[]> => {
	const names = (await system.list('/proc').catch(() => undefined)) ?? [];
	const found = await Promise.all(
		names
			.filter((name) => /^\d+$/u.test(name))
			.map(async (pid) => {
				const groups = (await read(system, pid, 'cgroup')) ?? '';
				if (!isInUnit(groups, system.user.uid)) return [];
				return [{pid: Number(pid), name: ((await read(system, pid, 'comm')) ?? '').trim()}];
			}),
	);
	return found.flat();
};
