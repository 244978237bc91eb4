import {showLogind} from '../fixtures.ts';
import {cancelTimers, schedule, type Machine} from '../machine.ts';
import {startUnit, stopUnit} from './service-life.ts';
import {knownUnit, reloadUnits, wantedUnits} from './units.ts';

/** How long a user manager takes to come up (measured on Debian 12: 50 to 300 ms). */
const managerBeginsMs = 250;

const startWanted = async (machine: Machine): Promise<void> => {
	await reloadUnits(machine);
	for (const name of wantedUnits(machine.state)) {
		const {load, files} = await knownUnit(machine, name);
		if (load === 'loaded' && files) await startUnit(machine, name, files);
	}
};

export const beginUserManager = async (machine: Machine): Promise<void> => {
	machine.state.userManager = 'running';
	await showLogind(machine);
	await startWanted(machine);
};

/** The manager stops all units, then exits; its state is lost. */
export const endUserManager = async (machine: Machine): Promise<void> => {
	for (const name of Object.keys(machine.state.units)) await stopUnit(machine, name);
	cancelTimers(machine, () => true);
	machine.state.units = {};
	machine.state.userManager = 'stopped';
	await showLogind(machine);
};

/** logind runs a user manager while its user has a session or lingering is on (logind.conf(5), loginctl(1)). */
export const settleUserManager = async (machine: Machine): Promise<void> => {
	const {state} = machine;
	if (state.session || !state.lingering) state.lingerUnread = false;
	const isNeeded = state.booted && (state.session || (state.lingering && !state.lingerUnread));
	const isUp = state.userManager === 'running' || state.userManager === 'starting';
	if (isNeeded && !isUp && state.accountRefused) state.userManager = 'refused';
	else if (isNeeded && !isUp) {
		state.userManager = 'starting';
		schedule(machine, {at: state.clock + managerBeginsMs, does: 'user-manager-begins'});
	}
	if (!isNeeded && isUp) await endUserManager(machine);
	await showLogind(machine);
};

export const whyNoUserManager = ({state}: Machine): string | undefined => {
	if (state.userManager === 'running') return undefined;
	return state.userManager === 'starting' || state.userManager === 'refused'
		? 'Failed to connect to bus: No such file or directory'
		: 'Failed to connect to bus: No medium found';
};
