import type {ManagerKind} from '../service-manager/manager-kind.ts';
import {agentKinds, type AgentAction} from './agent/agent-kinds.ts';
import {detectMac} from './detect/detect.ts';
import type {Mac} from './facts.ts';
import {isOurAgent} from './agent/launch-agent.ts';
import {label} from './launchctl.ts';
import {launchd} from './manager.ts';
import {macListeners} from './mac-listeners.ts';

export const launchdKind: ManagerKind<Mac, AgentAction> = {
	platform: 'macos',
	runsOn: ({platform}) => platform === 'darwin',
	detect: detectMac,
	on: launchd,
	isOurs: isOurAgent,
	// launchd gives each process the name of its service, which is different in a terminal.
	isWithinService: async ({environment}) => environment['XPC_SERVICE_NAME'] === label,
	findListeners: macListeners,
	actionKinds: agentKinds,
};
