import {unitName} from './linux/systemd.ts';
import {label} from './macos/launchctl.ts';
import type {System} from './system.ts';

/**
 * Whether this run was started by the service itself, as by something that a build does: whatever stops the service
 * would end it too (systemd.kill(5), KillMode=). cgroups(7) tells it on Linux; launchd gives each process that it starts
 * the name of its service, and a shell in a terminal has another.
 */
export const isWithinService = async (system: System): Promise<boolean> => {
	if (system.platform === 'darwin') return system.environment['XPC_SERVICE_NAME'] === label;
	const groups = await system.readFile('/proc/self/cgroup', {lossy: true});
	return groups?.split(/[\n/]/u).includes(unitName) ?? false;
};
