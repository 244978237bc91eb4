import type {ManagerKind} from '../service-manager/manager-kind.ts';
import {askManager, unitName} from './systemctl.ts';
import {detectLinux} from './detect/detect.ts';
import type {LinuxMachine} from './facts.ts';
import {systemd} from './manager.ts';
import {linuxListeners} from '../network/linux-listeners.ts';
import {withStartLog} from './journal/journal-excerpt.ts';
import {isOurUnit} from './unit/unit.ts';

/** systemd is also what a Linux without it is reported to lack. */
export const systemdKind: ManagerKind<LinuxMachine> = {
	platform: 'linux',
	runsOn: ({platform}) => platform === 'linux',
	detect: detectLinux,
	on: systemd,
	isOurs: isOurUnit,
	// In a build, too: stopping the service would kill it (systemd.kill(5), KillMode=; cgroups(7)).
	isWithinService: async (system) => {
		const groups = await system.readFile('/proc/self/cgroup', {lossy: true});
		return groups?.split(/[\n/]/u).includes(unitName) ?? false;
	},
	findListeners: linuxListeners,
	actionKinds: {},
	run: askManager,
	explainFailedStart: withStartLog,
};
