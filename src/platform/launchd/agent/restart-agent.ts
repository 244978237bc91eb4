import {isDraining, readAgent} from './agent-state.ts';
import type {Agent} from '../../facts.ts';
import {commands, status} from '../launchctl.ts';
import type {System} from '../../system.ts';
import {changer, interruptAgent, pollEveryMs, type AgentPlace} from './unload-agent.ts';
import {loadAgent, notStarted} from './load-agent.ts';

/** After the agent's ExitTimeOut of 20 seconds, launchd kills the process and starts it again. */
const limitMs = 30_000;
/** How often to retry while launchd is busy with an unfinished start. */
const busyEveryMs = 1000;

const pidOf = (agent: Agent): number | undefined => (agent.known === 'loaded' ? agent.agent.pid : undefined);

/** Whether launchd has finished: there is another process, or none that it waits for. */
const isThrough = (agent: Agent, before: number | undefined): boolean =>
	agent.known === 'not-loaded' ||
	(agent.known === 'loaded' && !isDraining(agent.agent) && agent.agent.pid !== before);

/**
 * Stops the process and has launchd start another; done when the old one has exited. A process that has already exited
 * only needs a start, which KeepAlive may have done first; launchd stops any other (launchctl(1), kickstart -k). A
 * service that is no longer loaded is loaded from its file.
 */
export const restartAgent = async (place: AgentPlace, system: System): Promise<void> => {
	const {domain, uid} = place;
	const before = pidOf(await readAgent(system, domain));
	const isOver = await interruptAgent(place, system);
	const command = isOver ? commands.kickstart(domain, uid) : commands.restart(domain, uid);
	const deadline = system.now() + limitMs;
	for (;;) {
		const result = await changer(place, system)(command);
		if (result.exitCode === status.noService) return loadAgent(place, system);
		if (result.exitCode === 0 || result.timedOut) break;
		if (result.exitCode !== status.alreadyInProgress || system.now() >= deadline)
			throw notStarted(result, place);
		await system.sleep(busyEveryMs);
	}
	while (!isThrough(await readAgent(system, domain), before) && system.now() < deadline)
		await system.sleep(pollEveryMs);
};
