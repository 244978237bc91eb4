import {linuxListeners} from '../../../src/platform/network/linux-listeners.ts';
import type {ManagerKind} from '../../../src/platform/service-manager/manager-kind.ts';
import {findNix, findVira} from '../../../src/platform/vira/programs.ts';
import type {RunitMachine} from './facts.ts';
import {isOurs, runit} from './manager.ts';
import {readState, runFile, servicesFolder} from './sv.ts';

/** A service manager that the program does not ship: all that has to be known about a third one. */
export const runitKind: ManagerKind<RunitMachine> = {
	platform: 'runit',
	runsOn: async (system) => system.platform === 'linux' && (await system.inspect('/etc/runit')) !== undefined,
	detect: async (system, known) => {
		const [vira, nix, service] = await Promise.all([findVira(system), findNix(system), readState(system)]);
		return {
			platform: 'runit',
			...known,
			systemName: 'Linux with runit',
			vira,
			nix,
			service,
			managedBy: undefined,
			serviceFiles: [runFile(system)],
			folders: {...known.folders, services: servicesFolder(system)},
		};
	},
	on: runit,
	isOurs,
	isWithinService: async () => false,
	findListeners: linuxListeners,
	actionKinds: {},
};
