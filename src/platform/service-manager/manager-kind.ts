import type {ActionKind, ManagerCommands} from '../actions/action-kind.ts';
import type {Facts} from '../facts.ts';
import type {Folders, MachineFacts} from '../machine-facts.ts';
import type {Listeners, ServiceProcesses} from '../network/address.ts';
import type {System} from '../system.ts';
import type {Manager} from './service-manager.ts';

/** What is known before a machine is examined. */
export interface KnownFirst extends Pick<MachineFacts, 'user' | 'ownAddresses' | 'now' | 'ssh'> {
	/** Our own. */
	readonly folders: Pick<Folders, 'config' | 'state'>;
}

interface Named {
	readonly does: string;
}

/** The kinds of actions that a service manager adds to a plan, by their names. */
type KindsOf<A extends Named> = {
	readonly [Does in A['does']]: ActionKind<Extract<A, {readonly does: Does}>, A>;
};

/**
 * All that the program knows about a service manager before a machine is examined. `F`: what is known about a machine
 * that has it; `A`: its own actions.
 */
export interface ManagerKind<F extends Facts = Facts, A extends Named = never> extends ManagerCommands {
	/** Decides which options and rules of the settings apply. */
	readonly platform: F['platform'];
	/** Whether it runs the services of this machine. */
	runsOn(system: System): boolean | Promise<boolean>;
	/** All facts about the machine. Reads only. */
	detect(system: System, known: KnownFirst): Promise<F>;
	/** How it manages the service of this machine. */
	on(facts: F): Manager;
	/** Whether any version of vira-setup wrote this service file. */
	isOurs(text: string): boolean;
	/** Whether this run was started by the service itself. */
	isWithinService(system: System): Promise<boolean>;
	/** The listeners on a TCP port; undefined if the machine does not show them. */
	findListeners(system: System, port: number, service: ServiceProcesses): Promise<Listeners | undefined>;
	readonly actionKinds: KindsOf<A>;
}
