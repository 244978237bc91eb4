import {label} from './launchd/launchctl.ts';
import {isOurAgent} from './launchd/agent/launch-agent.ts';
import type {System} from './system.ts';
import {unitName} from './systemd/systemctl.ts';
import {isOurUnit} from './systemd/unit/unit.ts';

/** Whether any version of vira-setup wrote a service file, for either service manager. */
export const isOurService = (text: string): boolean => isOurUnit(text) || isOurAgent(text);

/**
 * Whether this run was started by the service itself, for example in a build: stopping the service would kill it too
 * (systemd.kill(5), KillMode=). On Linux, cgroups(7) shows it; launchd gives each process the name of its service, which
 * is different in a terminal.
 */
export const isWithinService = async (system: System): Promise<boolean> => {
	if (system.platform === 'darwin') return system.environment['XPC_SERVICE_NAME'] === label;
	const groups = await system.readFile('/proc/self/cgroup', {lossy: true});
	return groups?.split(/[\n/]/u).includes(unitName) ?? false;
};
