import type {Command, System} from '../../platform/system.ts';
import {eventsOf, type Events} from './events.ts';
import {freshState} from '../fresh-state.ts';
import {furnish, runtimeFolder} from '../furniture.ts';
import type {MachineState} from '../machine-state.ts';
import {openMachine, otherMachine, sharedSystem, type SimulatedSystem, type Stage} from '../simulation.ts';
import {followCommand, runCommand, searchPath} from '../run-command.ts';
import {unknownCommand} from '../words.ts';

export interface SimulationOptions extends Stage {
	/** How a new machine differs from a Debian 12 with alice logged in. A folder that has a machine keeps that one. */
	readonly state?: Partial<MachineState>;
}

/** A simulated machine and the events that can happen to it from outside. */
export interface Simulation extends SimulatedSystem {
	readonly events: Events;
}

const environmentOf = (state: MachineState): System['environment'] => ({
	HOME: state.user.home,
	USER: state.user.name,
	LOGNAME: state.user.name,
	PATH: searchPath(state).join(':'),
	...(state.session && state.booted ? {XDG_RUNTIME_DIR: runtimeFolder(state)} : {}),
	...(state.wsl ? {WSL_DISTRO_NAME: 'Debian'} : {}),
	...state.environment,
});

/** On Linux nothing runs as root: a command that would is a bug of the caller. */
const withoutSudo = (_machine: unknown, command: Command): never => {
	throw unknownCommand(command);
};

/** A simulated Linux machine: commands get the same answers as on a real one, and nothing real changes. */
export const simulationLinux = async (options: SimulationOptions): Promise<Simulation> => {
	const opened = await openMachine(options, {state: freshState(options.state ?? {}), furnish});
	const state = opened.keeper.seen();
	if (state.mac) throw otherMachine(options.folder, 'Mac');
	return {
		...sharedSystem(
			opened,
			{runCommand, following: followCommand, runAtTerminal: withoutSudo, commandMs: 10},
			options,
		),
		platform: 'linux',
		events: eventsOf(opened.keeper),
		user: state.user,
		environment: environmentOf(state),
		ownAddresses: state.addresses,
	};
};
