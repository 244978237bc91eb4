import type {Failure} from '../../errors.ts';
import type {ActionKind} from '../actions/action-kind.ts';
import type {Facts} from '../facts.ts';
import type {Folders, Machine} from '../machine-facts.ts';
import type {Listeners, ServiceProcesses} from '../network/listener.ts';
import type {Command, RunOptions, RunResult, System} from '../system.ts';
import type {Manager} from './service-manager.ts';

/** What is known before a machine is examined. */
export interface KnownFirst extends Pick<Machine, 'user' | 'ownAddresses' | 'now'> {
	/** Our own. */
	readonly folders: Pick<Folders, 'config' | 'state'>;
}

interface Named {
	readonly does: string;
}

/** The kinds of actions that a service manager adds to a plan, by their names. */
export type KindsOf<A extends Named> = {
	readonly [Does in A['does']]: ActionKind<Extract<A, {readonly does: Does}>, A>;
};

/**
 * All that the program knows about a service manager before a machine is examined. `F`: what is known about a machine
 * that has it; `A`: its own actions.
 */
export interface ManagerKind<F extends Facts = Facts, A extends Named = never> {
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
	/** Runs a command as System.run does, and repeats one to a manager that is just being restarted. */
	run?(system: System, command: Command, options?: RunOptions): Promise<RunResult>;
	/** Adds to the failure of a start why the process exited, and the end of its log. */
	explainFailedStart?(failure: Failure, system: System): Promise<Failure>;
}
