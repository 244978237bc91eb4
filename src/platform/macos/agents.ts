import type {Agent, MacFacts, ServiceState} from '../facts.ts';
import type {System} from '../system.ts';
import {commands, domains, parseAgent, status, type Domain, type LoadedAgent} from './launchctl.ts';

const timeLimit = {timeoutMs: 30_000};

/** The service as one domain has it. */
export const readAgent = async (system: System, domain: Domain): Promise<Agent> => {
	const {exitCode, stdout} = await system.run(commands.print(domain, system.user.uid), timeLimit);
	if (exitCode === 0) return {known: 'loaded', agent: parseAgent(stdout)};
	const absent: readonly unknown[] = [status.noService, status.noDomain, status.noSession];
	return {known: absent.includes(exitCode) ? 'not-loaded' : 'unknown'};
};

export const readAgents = async (system: System): Promise<MacFacts['agents']> => {
	const [gui, user, whole] = await Promise.all(domains.map((domain) => readAgent(system, domain)));
	const unknown: Agent = {known: 'unknown'};
	return {gui: gui ?? unknown, user: user ?? unknown, system: whole ?? unknown};
};

/** Whether launchd has told the process to end and waits for it: the label is still taken. */
export const isDraining = ({state}: LoadedAgent): boolean => state === 'SIGTERMed' || state === 'SIGKILLed';

/** Where the service is loaded: in more than one domain, by mistake, two of it would run. */
export const loadedIn = (agents: MacFacts['agents']): readonly Domain[] =>
	domains.filter((domain) => agents[domain].known === 'loaded');

const activeOf = (agent: LoadedAgent): ServiceState['active'] => {
	if (isDraining(agent)) return 'deactivating';
	if (agent.pid !== undefined) return 'active';
	if (['spawn scheduled', 'spawning', 'xpcproxy'].includes(agent.state)) return 'activating';
	return agent.runs > 0 && agent.lastExit !== 0 && agent.lastExit !== undefined ? 'failed' : 'inactive';
};

/** The service as the steps know it, from the first domain that has it. */
export const serviceStateOf = (agents: MacFacts['agents'], disabled: boolean): ServiceState => {
	const [domain] = loadedIn(agents);
	const found = domain === undefined ? undefined : agents[domain];
	const agent = found?.known === 'loaded' ? found.agent : undefined;
	const isUnknown = domains.some((one) => agents[one].known === 'unknown');
	return {
		active: agent ? activeOf(agent) : isUnknown ? 'unknown' : 'inactive',
		enabled: !disabled,
		masked: false,
		needsReload: false,
		mainPid: agent?.pid,
		restarts: Math.max(0, (agent?.runs ?? 0) - 1),
		file: agent?.path,
		dropIns: [],
	};
};
