import type {MachineState} from '../../src/simulator/machine-state.ts';
import {linuxSystem, openLinux} from '../../src/simulator/linux/linux-system.ts';
import type {SimulatedSystem, SimulationOptions} from '../../src/simulator/simulated-system.ts';
import {filesOf, folderInMemory} from './disks.ts';
import {linuxEventsOf, type LinuxEvents} from './linux-events.ts';

/** A simulated machine and the events that can happen to it from outside. */
export interface Simulation extends SimulatedSystem {
	/** Where its files are. */
	readonly folder: string;
	readonly events: LinuxEvents;
}

/** The machine at that place. */
export const openSimulation = async (
	options: SimulationOptions,
	state: Partial<MachineState> = {},
): Promise<Simulation> => {
	const keeper = await openLinux(options, state);
	return Object.assign(linuxSystem(keeper, options), {
		folder: options.folder,
		events: linuxEventsOf(keeper),
	});
};

/** The machine in the folder, as another process would find it. */
export const machineIn = (folder: string, state: Partial<MachineState> = {}): Promise<Simulation> =>
	openSimulation({files: filesOf(folder), folder, pace: 'instant'}, state);

/** A simulated machine of the test's own, in memory. */
export const simulate = (state: Partial<MachineState> = {}): Promise<Simulation> =>
	machineIn(folderInMemory(), state);
