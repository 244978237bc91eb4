import type {ManagerKind} from '../service-manager/manager-kind.ts';
import {agentKinds, type AgentAction} from './agent/agent-kinds.ts';
import {detectMac} from './detect/detect.ts';
import type {Mac} from './facts.ts';
import {isOurAgent} from './agent/launch-agent.ts';
import {label} from './launchctl.ts';
import {launchd} from './manager.ts';
import type {Command, System} from '../system.ts';
import {
	canonicalAddress,
	type Holder,
	type Listener,
	type Listeners,
	type ServiceProcesses,
} from '../network/address.ts';

/**
 * lsof(8), "Output for other programs": a line for each field. For a process: `p` its PID, `g` its process group and `c`
 * its command; then, for each of its files: `t` the type and `n` the name.
 */
const openFiles = (port: number): Command => [
	'/usr/sbin/lsof',
	'-nP',
	`-iTCP:${port}`,
	'-sTCP:LISTEN',
	'-F',
	'pgctn',
];

type Fields = Readonly<Record<string, string>>;

/** `*:5005`, `127.0.0.1:5005` or `[::1]:5005`. */
const addressIn = ({n: name = '', t: kind}: Fields): string => {
	const host = name.replace(/:\d+$/u, '').replace(/^\[(.*)\]$/u, '$1');
	if (host === '*') return kind === 'IPv6' ? '::' : '0.0.0.0';
	return canonicalAddress(host);
};

/**
 * launchd gives each job its own process group and kills that group with the job (launchd.plist(5),
 * AbandonProcessGroup): its processes belong to the service.
 */
const holderIn = (
	{p: pid, g: group, c: name = ''}: Fields,
	{mainPid, otherPids = []}: ServiceProcesses,
): Holder =>
	[mainPid, ...otherPids].some((one) => one !== undefined && [pid, group].includes(String(one)))
		? {is: 'service'}
		: {is: 'process', name, pid: Number(pid), unit: undefined};

const listenersIn = (output: string, service: ServiceProcesses): readonly Listener[] => {
	let fields: Fields = {};
	return output.split('\n').flatMap((line) => {
		const [kind, value] = [line.slice(0, 1), line.slice(1)];
		fields = {...(kind === 'p' ? {} : fields), [kind]: value};
		return kind === 'n' ? [{address: addressIn(fields), holder: holderIn(fields, service)}] : [];
	});
};

/** The listeners on a port that belong to this user: without root, lsof shows no others. */
const macListeners = async (
	system: System,
	port: number,
	service: ServiceProcesses,
): Promise<Listeners | undefined> => {
	const {found, timedOut, exitCode, stdout} = await system.run(openFiles(port), {timeoutMs: 5000});
	// If nothing is found, lsof exits with status 1.
	if (!found || timedOut || (exitCode !== 0 && exitCode !== 1)) return undefined;
	return {seen: listenersIn(stdout, service), complete: false};
};

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
