import {isDraining, readAgent} from './agent-state.ts';
import {commands, type Domain} from '../launchctl.ts';
import type {Command, RunResult, System} from '../../system.ts';

export const pollEveryMs = 250;

/** The agent's ExitTimeOut: launchd itself waits this long for a process that it has asked to stop. */
const limitMs = 20_000;

const timeLimit = {timeoutMs: 30_000};

/** A service in a domain. */
export interface AgentPlace {
	readonly domain: Domain;
	readonly uid: number;
	/** Absolute path of its property list. */
	readonly path: string;
}

/** Runs a command that changes a domain: the system domain needs root (launchctl(1)). */
export const changer =
	({domain}: Pick<AgentPlace, 'domain'>, system: System) =>
	(command: Command): Promise<RunResult> =>
		domain === 'system' ? system.runAsRoot(command) : system.run(command, timeLimit);

/**
 * Lets Vira write a checkpoint before it exits, which it does at SIGINT only: launchd itself sends SIGTERM
 * (launchd.plist(5), ExitTimeOut). True when the previous process has exited; if it does not, launchd has to stop it.
 * KeepAlive may start another process afterwards, which has nothing to lose yet.
 */
export const interruptAgent = async (place: AgentPlace, system: System): Promise<boolean> => {
	const {domain, uid} = place;
	const before = await readAgent(system, domain);
	if (before.known !== 'loaded') return before.known === 'not-loaded';
	const {pid} = before.agent;
	if (pid === undefined) return true;
	if (isDraining(before.agent)) return false;
	const deadline = system.now() + limitMs;
	const {exitCode} = await changer(place, system)(commands.interrupt(domain, uid));
	if (exitCode !== 0) return false;
	for (;;) {
		const now = await readAgent(system, domain);
		if (now.known !== 'loaded') return now.known === 'not-loaded';
		if (now.agent.pid !== pid) return true;
		if (system.now() >= deadline) return false;
		await system.sleep(pollEveryMs);
	}
};
