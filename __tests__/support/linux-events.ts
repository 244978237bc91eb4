import type {Machine} from '../../src/simulator/machine.ts';
import type {Keeper} from '../../src/simulator/keeper.ts';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {isLingerReadBack, lingerFile} from '../../src/platform/systemd/lingering/lingering.ts';
import {systemdVersion} from '../../src/simulator/linux/systemctl-show.ts';
import {advance} from '../../src/simulator/clock.ts';
import {endUserManager, settleUserManager} from '../../src/simulator/linux/user-manager.ts';

/** logind.conf(5), UserStopDelaySec=: how long the manager outlives the last session of its user. */
const stopDelayMs = 10_000;

const bootMs = 20_000;

/** Long enough for a manager and its units to be up. */
const settledMs = 1000;

/** What happens to a machine from outside, for tests of what outlives it. */
export interface LinuxEvents {
	/** The state as it is now. */
	readonly state: () => Promise<MachineState>;
	/** Changes what commands on the machine cannot change: another program takes a port, Vira starts to fail. */
	readonly change: (change: Partial<MachineState>) => Promise<void>;
	readonly login: () => Promise<void>;
	/** The last session ends, and logind's delay passes. */
	readonly logout: () => Promise<void>;
	/** Everything is stopped in order, and the machine boots; no one is logged in. */
	readonly reboot: () => Promise<void>;
}

/** Empties what was in memory; logind reads again for whom lingering is on. */
const forget = async ({state, files}: Machine): Promise<void> => {
	const gone = Object.keys(state.fileSystems).filter((place) => state.fileSystems[place]?.temporary);
	for (const place of gone) {
		const mode = (await files.inspect(place))?.mode ?? 0o755;
		await files.deleteFolder(place, {withContents: true});
		await files.makeFolder(place, mode);
	}
	state.lingering &&= (await files.inspect(lingerFile(state.user))) !== undefined;
	state.lingerUnread = state.lingering && isLingerReadBack(state.user, systemdVersion(state)) === false;
};

const boot = async (machine: Machine): Promise<void> => {
	machine.state.session = false;
	await forget(machine);
	await advance(machine, bootMs);
	await settleUserManager(machine);
	await advance(machine, settledMs);
};

const logout = async (machine: Machine): Promise<void> => {
	machine.state.session = false;
	await advance(machine, stopDelayMs);
	await settleUserManager(machine);
};

const login = async (machine: Machine): Promise<void> => {
	machine.state.session = true;
	await settleUserManager(machine);
	await advance(machine, settledMs);
};

export const linuxEventsOf = ({inTurn}: Keeper): LinuxEvents => ({
	state: () => inTurn((machine) => Promise.resolve(structuredClone(machine.state))),
	change: (change) =>
		inTurn(async (machine) => {
			Object.assign(machine.state, structuredClone(change));
			await Promise.resolve();
		}),
	login: () => inTurn(login),
	logout: () => inTurn(logout),
	reboot: () =>
		inTurn(async (machine) => {
			await endUserManager(machine);
			await boot(machine);
		}),
});
