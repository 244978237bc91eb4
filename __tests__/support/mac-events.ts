import type {Command, RunResult} from '../../src/platform/system.ts';
import {cancelTimers, schedule, writeWithFolders, type Machine} from '../../src/simulator/machine.ts';
import type {Keeper} from '../../src/simulator/keeper.ts';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {advance} from '../../src/simulator/clock.ts';
import {mountNix, unmountNix} from '../../src/simulator/macos/launchd/launchd-timers.ts';
import {macOf, serviceId, setOverride} from '../../src/simulator/macos/mac.ts';
import type {Ended, LaunchBehaviour, MacState, Profile} from '../../src/simulator/macos/mac-state.ts';
import {
	addUserDomain,
	accountNamed,
	guiLogin,
	guiLogout,
	loadDaemons,
	unlock,
} from '../../src/simulator/macos/mac-session.ts';
import {runAtTerminal} from '../../src/simulator/macos/run-mac-command.ts';
import {endService, processEnded} from '../../src/simulator/macos/launchd/service-life.ts';

export interface BootOptions {
	/** How long after the boot /nix is mounted; by default, immediately. */
	readonly nixMountsAfterMs?: number;
}

/** What can happen to a Mac from outside the program. */
export interface MacEvents {
	/** The current state. */
	readonly state: () => Promise<MachineState>;
	/** The part of it that only a Mac has. */
	readonly mac: () => Promise<MacState>;
	/** Changes what cannot be changed on the machine itself. */
	readonly change: (change: Partial<MachineState>) => Promise<void>;
	readonly changeMac: (change: Partial<MacState>) => Promise<void>;
	readonly profile: (change: Partial<Profile>) => Promise<void>;
	/** Sets the behavior of a label or a domain. */
	readonly behave: (name: string, behaviour: LaunchBehaviour) => Promise<void>;
	/** Power off and on: afterwards, only a user with automatic login is logged in. */
	readonly boot: (options?: BootOptions) => Promise<void>;
	readonly sshLogin: (name?: string) => Promise<void>;
	readonly guiLogin: (name?: string) => Promise<void>;
	readonly guiLogout: (name?: string) => Promise<void>;
	/** The process of a service exits, such as `gui/501/org.vira.service`. */
	readonly procExit: (service: string, ending: Ended) => Promise<void>;
	/** The switch in System Settings > General > Login Items & Extensions. */
	readonly toggleLoginItem: (label: string, to: 'on' | 'off') => Promise<void>;
	readonly unmountNix: () => Promise<void>;
	readonly mountNix: () => Promise<void>;
	/** Writes a file as root. */
	readonly put: (path: string, content: string, mode?: number) => Promise<void>;
	readonly advance: (ms: number) => Promise<void>;
	/** Runs a command in a terminal, where the user enters the password for sudo. */
	readonly atTerminal: (command: Command) => Promise<RunResult>;
}

const bootMs = 30_000;

const boot = async (machine: Machine, {nixMountsAfterMs}: BootOptions): Promise<void> => {
	const {state} = machine;
	const mac = macOf(machine);
	cancelTimers(machine, () => true);
	Object.assign(mac, {services: {}, domains: {}, sudoUntil: 0});
	mac.caller = {session: 'Background', viaSsh: true};
	mac.console = 0;
	await advance(machine, bootMs);
	if (nixMountsAfterMs !== undefined) {
		unmountNix(machine);
		schedule(machine, {at: state.clock + nixMountsAfterMs, does: 'launchd', what: 'mount-nix', service: ''});
	}
	mac.locked = mac.fileVault;
	if (mac.locked) return;
	await loadDaemons(machine);
	// Automatic login needs the stored password, and FileVault to be off.
	const password = await machine.files.inspect('/etc/kcpassword');
	if (mac.autoLogin !== undefined && password) await guiLogin(machine, mac.autoLogin);
};

const toggleLoginItem = async (machine: Machine, label: string, to: 'on' | 'off'): Promise<void> => {
	const mac = macOf(machine);
	const {uid} = machine.state.user;
	mac.behaviours[label] = {...mac.behaviours[label], btmDenied: to === 'off'};
	setOverride(mac, `gui/${uid}`, {label, to: to === 'off' ? 'disabled' : 'enabled'});
	if (to === 'on') return;
	// Both domains share this entry.
	for (const domain of [`gui/${uid}`, `user/${uid}`] as const)
		await endService(machine, serviceId(domain, label), 'remove');
};

const procExit = async (machine: Machine, id: string, ending: Ended): Promise<void> => {
	if (macOf(machine).services[id]?.pid === undefined) return;
	await processEnded(machine, id, ending);
};

type Change = (machine: Machine) => void | Promise<void>;

const sessions = (happen: (change: Change) => Promise<void>, keeper: Keeper) => {
	const whose = (name: string | undefined): string => name ?? keeper.seen().user.name;
	return {
		sshLogin: (name?: string) => happen((machine) => sshLogin(machine, whose(name))),
		guiLogin: (name?: string) => happen((machine) => guiLogin(machine, whose(name))),
		guiLogout: (name?: string) => happen((machine) => guiLogout(machine, whose(name))),
	};
};

const changes = (happen: (change: Change) => Promise<void>) => ({
	change: (change: Partial<MachineState>) =>
		happen(({state}) => void Object.assign(state, structuredClone(change))),
	changeMac: (change: Partial<MacState>) =>
		happen((machine) => void Object.assign(macOf(machine), structuredClone(change))),
	profile: (change: Partial<Profile>) =>
		happen((machine) => void Object.assign(macOf(machine).profile, change)),
	behave: (name: string, behaviour: LaunchBehaviour) =>
		happen((machine) => {
			const {behaviours} = macOf(machine);
			behaviours[name] = {...behaviours[name], ...structuredClone(behaviour)};
		}),
});

export const macEventsOf = (keeper: Keeper): MacEvents => {
	const happen = (change: Change): Promise<void> => keeper.inTurn(async (machine) => change(machine));
	return {
		...sessions(happen, keeper),
		...changes(happen),
		state: () => keeper.inTurn(async ({state}) => structuredClone(state)),
		mac: () => keeper.inTurn(async (machine) => structuredClone(macOf(machine))),
		boot: (options = {}) => happen((machine) => boot(machine, options)),
		procExit: (service, ending) => happen((machine) => procExit(machine, service, ending)),
		toggleLoginItem: (label, to) => happen((machine) => toggleLoginItem(machine, label, to)),
		unmountNix: () => happen(unmountNix),
		mountNix: () => happen(mountNix),
		put: (path, content, mode = 0o644) =>
			happen((machine) => writeWithFolders(machine, path, {content, mode})),
		advance: (ms) => happen((machine) => advance(machine, ms)),
		atTerminal: (command) => keeper.inTurn((machine) => runAtTerminal(machine, command)),
	};
};

/** Creates the user domain. If it is the program's user, the program continues in the new session. */
export const sshLogin = async (machine: Machine, name: string): Promise<void> => {
	await unlock(machine);
	const mac = macOf(machine);
	const {uid} = accountNamed(mac, name);
	addUserDomain(mac, uid);
	if (uid === machine.state.user.uid) mac.caller = {session: 'Background', viaSsh: true};
};
