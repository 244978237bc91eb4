import type {Command, System} from './system.ts';

/** A process that listens on a port. */
export interface PortHolder {
	readonly name: string;
	readonly pid: number;
	/** The unit of systemd that it belongs to, where it is a service. */
	readonly unit: string | undefined;
}

const timeLimit = {timeoutMs: 2000};

/** ss(8) of Linux: `users:(("NAME",pid=NUMBER,fd=…))`. */
const socketStatistics = (port: number): Command => ['ss', '-Hltnp', `sport = :${port}`];

/** lsof(8), "Output for other programs": a line for each field, `p` the process, `c` its command. */
const openFiles = (port: number): Command => [
	'/usr/sbin/lsof',
	'-nP',
	`-iTCP:${port}`,
	'-sTCP:LISTEN',
	'-F',
	'pc',
];

/** cgroups(7): `0::/user.slice/…/NAME.service`. The user manager is a service too, and holds all that is no other. */
const unitOf = async (system: System, pid: number): Promise<string | undefined> => {
	// It may have ended meanwhile, or be hidden (proc(5), hidepid=).
	const groups = await system.readFile(`/proc/${pid}/cgroup`).catch(() => undefined);
	return groups?.split(/[\n/]/u).findLast((part) => part.endsWith('.service') && !part.startsWith('user@'));
};

/** Who listens on a TCP port. Both programs tell it only of the person's own processes; undefined otherwise. */
export const findPortHolder = async (system: System, port: number): Promise<PortHolder | undefined> => {
	const onMac = system.platform === 'darwin';
	const {stdout} = await system.run(onMac ? openFiles(port) : socketStatistics(port), timeLimit);
	const name = (onMac ? /^c(.+)$/mu : /users:\(\("([^"]*)"/u).exec(stdout)?.[1];
	const pid = (onMac ? /^p(\d+)$/mu : /,pid=(\d+)/u).exec(stdout)?.[1];
	if (name === undefined || pid === undefined) return undefined;
	return {name, pid: Number(pid), unit: onMac ? undefined : await unitOf(system, Number(pid))};
};
