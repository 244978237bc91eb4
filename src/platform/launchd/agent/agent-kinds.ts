import type {Failure} from '../../../errors.ts';
import {performing, type ActionKind} from '../../actions/action-kind.ts';
import {unloadAgent, type AgentPlace} from './unload-agent.ts';
import {launchctlCommands, domainTarget} from '../launchctl.ts';
import {loadAgent, restartAgent} from './load-agent.ts';

interface OnAgent extends AgentPlace {
	readonly why: string;
}

/** Loads the service into a launchd domain and starts it; done when launchd has it, whatever its first reply is. */
export interface LoadAgent extends OnAgent {
	readonly does: 'load-agent';
	/** Whether it is already loaded and only has to start: then the undo does not unload it. */
	readonly wasLoaded?: boolean;
}

/** Unloads the service from a launchd domain; done when its process has ended and its name is free. */
interface UnloadAgent extends OnAgent {
	readonly does: 'unload-agent';
	/** Reported instead of its undo, if that would do harm. */
	readonly noWayBack?: Failure;
}

/** Restarts the service in launchd; loads it if it is no longer loaded. */
interface RestartAgent extends OnAgent {
	readonly does: 'restart-agent';
}

export type AgentAction = LoadAgent | UnloadAgent | RestartAgent;

const ofAll: Pick<ActionKind<AgentAction>, 'toJson' | 'needsRoot'> = {
	toJson: ({domain, path, why}) => ({domain, path, why}),
	needsRoot: ({domain}) => domain === 'system',
};

const loadAgentKind: ActionKind<LoadAgent, UnloadAgent> = {
	...ofAll,
	perform: performing<LoadAgent>(loadAgent),
	inverse: ({wasLoaded, ...action}) =>
		wasLoaded ? undefined : {...action, does: 'unload-agent', why: 'it was not loaded before'},
	describe: ({domain, uid}) => `Load the service into ${domainTarget(domain, uid)} and start it`,
	byHand: ({domain, uid, path, why}) => [
		{command: launchctlCommands.enable(domain, uid), why},
		{command: launchctlCommands.bootstrap(domain, uid, path), why},
		{command: launchctlCommands.kickstart(domain, uid), why},
	],
};

const unloadAgentKind: ActionKind<UnloadAgent, LoadAgent> = {
	...ofAll,
	perform: performing<UnloadAgent>(unloadAgent),
	inverse: (action) => ({...action, does: 'load-agent', why: 'it was loaded before'}),
	describe: ({domain, uid}) => `Stop the service and unload it from ${domainTarget(domain, uid)}`,
	byHand: ({domain, uid, why}) => [
		{command: launchctlCommands.interrupt(domain, uid), why},
		{command: launchctlCommands.bootout(domain, uid), why},
	],
};

const restartAgentKind: ActionKind<RestartAgent> = {
	...ofAll,
	perform: performing<RestartAgent>(restartAgent),
	describe: ({domain, uid}) => `Restart the service in ${domainTarget(domain, uid)}`,
};

/** What launchd adds to the kinds of actions. */
export const agentKinds = {
	'load-agent': loadAgentKind,
	'unload-agent': unloadAgentKind,
	'restart-agent': restartAgentKind,
};
