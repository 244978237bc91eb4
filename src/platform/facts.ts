import type {Mac} from './launchd/facts.ts';
import type {LinuxMachine} from './systemd/facts.ts';

export type {
	Folders,
	FoundProgram,
	Machine,
	RunningProcess,
	ServiceState,
	UnitFailure,
} from './machine-facts.ts';
export type {LinuxFacts, LinuxMachine, OtherOwner, UserManager} from './systemd/facts.ts';
export type {Agent, AgentFile, AgentOwner, DesktopSession, Mac, MacFacts} from './launchd/facts.ts';

/** What is known about a machine, by its platform: a further service manager adds a line. */
export interface Machines {
	readonly linux: LinuxMachine;
	readonly macos: Mac;
}

export type Platform = keyof Machines;

/** What is known about the machine before anything is asked. Read once, by detect. */
export type Facts = Machines[Platform];
