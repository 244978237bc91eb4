import type {AgentAction} from './launchd/agent/agent-kinds.ts';
import type {Mac} from './launchd/facts.ts';
import type {LinuxMachine} from './systemd/facts.ts';

/**
 * What is known about a machine, and the actions that its service manager adds to a plan, by platform: a further service
 * manager adds a line.
 */
export interface Platforms {
	readonly linux: {readonly facts: LinuxMachine; readonly actions: never};
	readonly macos: {readonly facts: Mac; readonly actions: AgentAction};
}

export type Platform = keyof Platforms;

/** What is known about the machine before anything is asked. Read once, by detect. */
export type Facts = Platforms[Platform]['facts'];

/** What the service managers add to the actions of a plan. */
export type ManagerAction = Platforms[Platform]['actions'];
