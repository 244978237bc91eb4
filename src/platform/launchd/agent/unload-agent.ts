import {exitCode, SetupError, type Failure} from '../../../errors.ts';
import type {Fix} from '../../../notice.ts';
import type {Agent} from '../facts.ts';
import {whyUnanswered} from '../../run-result.ts';
import {runAgain} from '../../service-manager/service-words.ts';
import type {Command, RunResult, System} from '../../system.ts';
import {launchctlCommands, exitText, timeLimit, type Domain} from '../launchctl.ts';
import {isDraining, readAgent} from './agent-state.ts';

/** A service in a domain. */
export interface AgentPlace {
	readonly domain: Domain;
	readonly uid: number;
	/** Absolute path of its property list. */
	readonly path: string;
}

export const pollEveryMs = 250;

/** The agent's ExitTimeOut: launchd itself waits this long for a process that it has asked to stop. */
const interruptLimitMs = 20_000;

/** launchd kills the process after the agent's ExitTimeOut of 20 seconds. */
export const drainLimitMs = 30_000;

/** Runs a command that changes a domain: the system domain needs root (launchctl(1)). */
export const changer =
	({domain}: AgentPlace, system: System) =>
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
	const deadline = system.now() + interruptLimitMs;
	const {exitCode: code} = await changer(place, system)(launchctlCommands.interrupt(domain, uid));
	if (code !== 0) return false;
	for (;;) {
		const now = await readAgent(system, domain);
		if (now.known !== 'loaded') return now.known === 'not-loaded';
		if (now.agent.pid !== pid) return true;
		if (system.now() >= deadline) return false;
		await system.sleep(pollEveryMs);
	}
};

/** launchctl's own message, without its advice to try again as root, which does not help. */
export const launchctlMessage = (result: RunResult): string => {
	const why = whyUnanswered(result);
	if (why !== undefined) return `launchctl: ${why}`;
	const lines = result.stderr.split('\n').filter((line) => !line.includes('as root for richer errors'));
	return lines.filter((line) => line !== '').join(' ') || exitText(result.exitCode);
};

export const refusedByLaunchd = (failure: Omit<Failure, 'exit'>): SetupError =>
	new SetupError({exit: exitCode.refused, ...failure});

/** How to end a process that does not stop. The service's files are still complete at that point. */
export const endByForce = (pid: number | undefined): readonly Fix[] => [
	...(pid === undefined ? [] : [{say: 'kills it', command: `kill -9 ${pid}`}]),
	runAgain,
];

const notEnded = (agent: Agent, result: RunResult): SetupError => {
	const said = launchctlMessage(result);
	if (agent.known !== 'loaded')
		return refusedByLaunchd({
			message: 'launchd did not report whether the service has stopped.',
			detail: said,
		});
	const {pid} = agent.agent;
	const asked = `launchd asked it to stop${pid === undefined ? '' : ` (PID ${pid})`}.`;
	return refusedByLaunchd({
		message: `The service did not stop within ${drainLimitMs / 1000} seconds, and launchd still has it loaded.`,
		detail: result.exitCode === 0 ? asked : said,
		fixes: endByForce(pid),
	});
};

/**
 * bootout sends SIGTERM, so the process is first asked to exit with a checkpoint. bootout returns before the process has
 * exited; until then, the label is in use (launchctl(1), bootout). It has also been seen to return 0 and do nothing: if
 * the service is still loaded and not stopping, bootout is repeated.
 */
export const unloadAgent = async (place: AgentPlace, system: System): Promise<void> => {
	const {domain, uid} = place;
	const bootout = () => changer(place, system)(launchctlCommands.bootout(domain, uid));
	await interruptAgent(place, system);
	let result = await bootout();
	const deadline = system.now() + drainLimitMs;
	for (;;) {
		const agent = await readAgent(system, domain);
		if (agent.known === 'not-loaded') return;
		if (system.now() >= deadline) throw notEnded(agent, result);
		await system.sleep(pollEveryMs);
		const isLeft = agent.known === 'loaded' && !isDraining(agent.agent);
		if (isLeft && result.exitCode === 0) result = await bootout();
	}
};
