import {exitedWith, killedBy, answerOf} from '../../run-result.ts';
import type {Agent, MacFacts} from '../facts.ts';
import type {ServiceState} from '../../machine-facts.ts';
import type {System} from '../../system.ts';
import {
	launchctlCommands,
	domains,
	label,
	parseAgent,
	launchctlStatus,
	timeLimit,
	type Domain,
	type LoadedAgent,
} from '../launchctl.ts';

/** The service as one domain has it. */
export const readAgent = async (system: System, domain: Domain): Promise<Agent> => {
	const result = await system.run(launchctlCommands.print(domain, system.user.uid), timeLimit);
	const answer = answerOf(result);
	// Whatever its format, it contains the label of the service.
	if (answer !== undefined)
		return answer.includes(label) ? {known: 'loaded', agent: parseAgent(answer)} : {known: 'unknown'};
	const absent: readonly unknown[] = [
		launchctlStatus.noService,
		launchctlStatus.noDomain,
		launchctlStatus.noSession,
	];
	return {known: absent.includes(result.exitCode) ? 'not-loaded' : 'unknown'};
};

export const readAgents = async (system: System): Promise<MacFacts['agents']> => {
	const read = (domain: Domain) => readAgent(system, domain);
	const [gui, user, whole] = await Promise.all([read('gui'), read('user'), read('system')]);
	return {gui, user, system: whole};
};

/** Whether launchd has asked the process to stop and waits for it: the label is still in use. */
export const isDraining = ({state}: LoadedAgent): boolean => state === 'SIGTERMed' || state === 'SIGKILLed';

export const agentIn = (agents: MacFacts['agents'], domain: Domain): LoadedAgent | undefined => {
	const found = agents[domain];
	return found.known === 'loaded' ? found.agent : undefined;
};

export const loadedAgents = (agents: MacFacts['agents']): readonly LoadedAgent[] =>
	domains.flatMap((domain) => agentIn(agents, domain) ?? []);

/** The domains in which the service is loaded. In more than one, two services would run. */
export const loadedIn = (agents: MacFacts['agents']): readonly Domain[] =>
	domains.filter((domain) => agents[domain].known === 'loaded');

const activeOf = (agent: LoadedAgent): ServiceState['active'] => {
	if (isDraining(agent)) return 'deactivating';
	if (agent.pid !== undefined) return 'active';
	if (['spawn scheduled', 'spawning', 'xpcproxy'].includes(agent.state)) return 'activating';
	return agent.runs > 0 && agent.lastExit !== 0 && agent.lastExit !== undefined ? 'failed' : 'inactive';
};

/** launchd's status if it could not create a process (sysexits.h, EX_CONFIG); a program can also exit with it. */
export const notCreated = 78;

/** In place of a signal, macOS can report a reason of its own. */
export const isOfMacos = (ending: string): boolean => ending.startsWith('OS_REASON_');

/** Whether macOS killed the program because launchd loaded the service with the signature of another one. */
export const wasReplaced = ({exitReason = ''}: LoadedAgent): boolean =>
	exitReason.startsWith('OS_REASON_CODESIGNING');

/**
 * Whether the service has to be reloaded before a start: launchd would kill a program that has been replaced, and there
 * is no way to find out in advance. The shell that waits for the Nix store, and the store itself, are never replaced.
 */
export const isStale = (agent: LoadedAgent): boolean =>
	wasReplaced(agent) ||
	(agent.isPinned === true && !agent.needs.waitsForStore && !agent.needs.program?.startsWith('/nix/store/'));

const howItEnded = ({lastExit}: LoadedAgent): string | undefined => {
	if (lastExit === undefined) return undefined;
	if (lastExit === notCreated)
		return 'launchd could not start it (exit status 78): the program, the state folder or the log file cannot be used.';
	if (typeof lastExit === 'number') return exitedWith(lastExit);
	return isOfMacos(lastExit) ? `macOS killed it: ${lastExit}.` : killedBy(lastExit);
};

export const runningAgent = (agents: MacFacts['agents']): LoadedAgent | undefined =>
	loadedAgents(agents).find((agent) => agent.pid !== undefined && !isDraining(agent));

/** If the service is loaded twice, the one that is running. */
const mainOf = (agents: MacFacts['agents']): LoadedAgent | undefined =>
	runningAgent(agents) ?? loadedAgents(agents)[0];

/**
 * Whether the service is disabled in a domain: `gui` and `user` share one list (launchctl(1), disable). Undefined: launchd
 * did not report it.
 */
export const isSwitchedOff = (
	{disabled, daemonDisabled}: Pick<MacFacts, 'disabled' | 'daemonDisabled'>,
	domain: Domain,
): boolean | undefined => (domain === 'system' ? daemonDisabled : disabled);

/** The state of the service, from the domain in which it is loaded. */
export const serviceStateOf = (
	seen: Pick<MacFacts, 'agents' | 'disabled' | 'daemonDisabled'>,
): ServiceState => {
	const {agents} = seen;
	const agent = mainOf(agents);
	const ending = agent && howItEnded(agent);
	const isUnknown = domains.some((one) => agents[one].known === 'unknown');
	const pids = loadedAgents(agents).flatMap(({pid}) => pid ?? []);
	const isOff = isSwitchedOff(seen, loadedIn(agents)[0] ?? 'gui');
	const otherPids = pids.filter((pid) => pid !== agent?.pid);
	return {
		...(ending !== undefined && {ending}),
		...(otherPids.length > 0 && {otherPids}),
		active: agent ? activeOf(agent) : isUnknown ? 'unknown' : 'inactive',
		awaitsRestart: agent?.state === 'spawn scheduled' && agent.runs > 0,
		enabled: isOff === undefined ? undefined : !isOff,
		masked: false,
		needsReload: false,
		mainPid: agent?.pid,
		restarts: Math.max(0, (agent?.runs ?? 0) - 1),
		file: agent?.path,
		dropIns: [],
	};
};
