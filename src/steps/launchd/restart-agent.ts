import {isDraining, readAgent} from '../../platform/macos/agents.ts';
import type {Agent} from '../../platform/facts.ts';
import {commands, status} from '../../platform/macos/launchctl.ts';
import type {System} from '../../platform/system.ts';
import type {RestartAgent} from '../action.ts';
import {changer, interruptAgent, pollEveryMs} from './interrupt-agent.ts';
import {loadAgent, notStarted} from './perform-agent.ts';

/** The agent's ExitTimeOut is 20 s; only then does launchd kill it, and start it again. */
const limitMs = 30_000;
/** So long launchd may be busy with a start that is not over. */
const busyEveryMs = 1000;

const pidOf = (agent: Agent): number | undefined => (agent.known === 'loaded' ? agent.agent.pid : undefined);

/** Whether launchd is done with it: there is another process, or none that it waits for. */
const isThrough = (agent: Agent, before: number | undefined): boolean =>
	agent.known === 'not-loaded' ||
	(agent.known === 'loaded' && !isDraining(agent.agent) && agent.agent.pid !== before);

/**
 * Ends the process and has launchd make another; done when the old one is gone. A process that has ended by then needs a
 * start only, which KeepAlive may have been faster with; any other is ended by launchd (launchctl(1), kickstart -k). A
 * service that launchd has not any more is loaded from its file.
 */
export const restartAgent = async (action: RestartAgent, system: System): Promise<void> => {
	const {domain, uid} = action;
	const before = pidOf(await readAgent(system, domain));
	const isOver = await interruptAgent(action, system);
	const command = isOver ? commands.kickstart(domain, uid) : commands.restart(domain, uid);
	const deadline = system.now() + limitMs;
	for (;;) {
		const result = await changer(action, system)(command);
		if (result.exitCode === status.noService) return loadAgent({...action, does: 'load-agent'}, system);
		if (result.exitCode === 0 || result.timedOut) break;
		if (result.exitCode !== status.alreadyInProgress || system.now() >= deadline)
			throw notStarted(result, action);
		await system.sleep(busyEveryMs);
	}
	while (!isThrough(await readAgent(system, domain), before) && system.now() < deadline)
		await system.sleep(pollEveryMs);
};
