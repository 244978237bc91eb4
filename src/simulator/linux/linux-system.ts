import type {Command, System} from '../../platform/system.ts';
import {freshState} from '../fresh-state.ts';
import {putFixtures, runtimeFolder} from '../fixtures.ts';
import type {MachineState} from '../machine-state.ts';
import {openMachine, otherMachine, type Keeper, type MachinePlace} from '../keeper.ts';
import {sharedSystem, type SimulatedSystem, type SimulationOptions} from '../simulated-system.ts';
import {followLinuxCommand, runLinuxCommand} from './run-linux-command.ts';
import {searchPath} from '../programs.ts';
import {commandNotFound} from '../command-words.ts';

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
	throw commandNotFound(command);
};

/** Opens a machine; a new one is a Debian 12 with alice logged in, except for what is given. */
export const openLinux = async (place: MachinePlace, given: Partial<MachineState> = {}): Promise<Keeper> => {
	const keeper = await openMachine(place, {state: freshState(given), putFixtures});
	if (keeper.seen().mac) throw otherMachine(place.folder, 'Mac');
	return keeper;
};

/** A simulated Linux machine: commands get the same answers as on a real one, and nothing real changes. */
export const linuxSystem = (keeper: Keeper, options: SimulationOptions): SimulatedSystem => {
	const state = keeper.seen();
	return {
		...sharedSystem(
			keeper,
			{
				runCommand: runLinuxCommand,
				following: followLinuxCommand,
				runAtTerminal: withoutSudo,
				commandMs: 10,
			},
			options,
		),
		platform: 'linux',
		user: state.user,
		environment: environmentOf(state),
		ownAddresses: state.addresses,
	};
};
