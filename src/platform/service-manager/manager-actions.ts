import {agentKinds, type AgentAction} from '../launchd/agent/agent-kinds.ts';
import {askManager} from '../systemd/systemctl.ts';
import {withStartLog} from '../systemd/journal/journal-excerpt.ts';

// What the service managers bring to the actions of a plan. A further one adds its own here.

export type ManagerAction = AgentAction;

export const managerKinds = agentKinds;

/** Runs a command as System.run does, and repeats one to a manager that is just being restarted. */
export const runForManager = askManager;

/** Adds to the failure of a start why the process exited, and the end of its log. */
export const explainFailedStart = withStartLog;
