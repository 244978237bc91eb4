import type {Command, System} from '../system.ts';
import {eventsOf, type Events} from './events.ts';
import {freshState} from './fresh-state.ts';
import {furnish, runtimeFolder} from './furniture.ts';
import type {MachineState} from './machine-state.ts';
import {openMachine, sharedSystem, type SimulatedSystem, type Stage} from './rehearsal.ts';
import {followCommand, runCommand, searchPath} from './run-command.ts';
import {unknownCommand} from './words.ts';

export interface SimulationOptions extends Stage {
	/** How a new machine differs from a Debian 12 with alice logged in. A folder with a machine in it goes on with that. */
	readonly state?: Partial<MachineState>;
}

/** A simulated machine, and what can happen to it from outside. */
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

/** Nothing on Linux is done as root: what would be is a mistake of the caller. */
const withoutSudo = (_machine: unknown, command: Command): never => {
	throw unknownCommand(command);
};

/** A Linux machine that is played: the same program meets the same answers, and nothing real is touched. */
export const simulationLinux = async (options: SimulationOptions): Promise<Simulation> => {
	const opened = await openMachine(options, {state: freshState(options.state ?? {}), furnish});
	const state = opened.keeper.seen();
	if (state.mac) throw new Error('This simulated machine is a Mac');
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
