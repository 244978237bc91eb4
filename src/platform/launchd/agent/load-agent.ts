import type {Failure} from '../../../errors.ts';
import type {Agent} from '../facts.ts';
import {couldNotRun} from '../../run-result.ts';
import type {RunResult, System} from '../../system.ts';
import {launchctlCommands, launchctlStatus} from '../launchctl.ts';
import {isDraining, readAgent} from './agent-state.ts';
import {
	changer,
	drainLimitMs,
	endByForce,
	interruptAgent,
	launchctlMessage,
	pollEveryMs,
	refusedByLaunchd,
	type AgentPlace,
} from './unload-agent.ts';

const retryEveryMs = 500;
const loadLimitMs = 40_000;

/** How often to retry while launchd is busy with an unfinished start. */
const busyEveryMs = 1000;

type Refusal = Omit<Failure, 'exit'>;

const sessionEnded: Refusal = {
	message: 'Your desktop session has ended: launchd cannot load a service into it.',
	fixes: [{say: "Log in to the Mac's desktop and run vira-setup again."}],
};

/** A user domain exists from the first login after a boot, over SSH or on the desktop. */
const noUserDomain: Refusal = {
	message: 'launchd has no user domain for you yet: you have not logged in since the last boot.',
	fixes: [{say: "Log in over SSH or to the Mac's desktop, and run vira-setup there."}],
};

/** The errors that launchd does not hide, and what helps. */
const knownRefusals: Readonly<Record<number, Refusal>> = {
	122: {message: 'launchd does not trust the service file, because of its owner or its mode.'},
	155: {
		message: 'macOS does not run this program: it is quarantined.',
		fixes: [{say: 'lifts the quarantine', command: 'xattr -d com.apple.quarantine PROGRAM'}],
	},
	161: {
		message: 'The service is turned off in System Settings > General > Login Items.',
		fixes: [{say: 'Turn it on there, then run vira-setup again.'}],
	},
};

const knownRefusal = ({exitCode: code = 0}: RunResult, {domain}: AgentPlace): Refusal | undefined => {
	if (code !== launchctlStatus.noDomain && code !== launchctlStatus.noSession) return knownRefusals[code];
	return domain === 'user' ? noUserDomain : sessionEnded;
};

const notTaken = (result: RunResult, place: AgentPlace, agent: Agent) => {
	if (agent.known === 'loaded' && isDraining(agent.agent))
		return refusedByLaunchd({
			message: 'launchd did not load the service: the previous one has not stopped yet.',
			detail: 'Its file is in place, and it starts after the next login at the latest.',
			fixes: endByForce(agent.agent.pid),
		});
	return refusedByLaunchd({
		...(knownRefusal(result, place) ?? {
			message: 'launchd did not load the service.',
			fixes: [
				{say: 'checks its file', command: `plutil -lint ${place.path}`},
				{say: 'Check that it is turned on in System Settings > General > Login Items.'},
			],
		}),
		detail: launchctlMessage(result),
	});
};

const removedAtOnce = () =>
	refusedByLaunchd({
		message: 'launchd loaded the service and removed it immediately.',
		fixes: [
			{say: 'Turn it on in System Settings > General > Login Items.'},
			{
				say: 'shows why',
				command: `log show --last 10m --predicate 'process == "launchd"' | grep org.vira.service`,
			},
		],
	});

/** The service is loaded, and launchd did not create a process for it. */
const notStarted = (result: RunResult, place: AgentPlace) =>
	refusedByLaunchd({
		...(knownRefusal(result, place) ?? {message: 'launchd did not start the service.'}),
		detail: launchctlMessage(result),
	});

/** Without root, launchctl reports a disabled service with either status. */
const mayBeSwitchedOff = ({exitCode: code}: RunResult): boolean =>
	code === launchctlStatus.disabled || code === launchctlStatus.inputOutput;

/**
 * Retries until the service is loaded: a first status of 5 can mean that the previous one is still stopping, or that the
 * service is already loaded. The actual state is read back.
 */
const bootstrap = async (place: AgentPlace, system: System): Promise<void> => {
	const {domain, uid, path} = place;
	const change = changer(place, system);
	const deadline = system.now() + loadLimitMs;
	for (;;) {
		const result = await change(launchctlCommands.bootstrap(domain, uid, path));
		const agent = await readAgent(system, domain);
		if (agent.known === 'loaded' && !isDraining(agent.agent)) return;
		if (result.exitCode === 0 && agent.known === 'unknown') return;
		if (result.exitCode === 0) throw removedAtOnce();
		const isFinal = couldNotRun(result) || knownRefusal(result, place) !== undefined;
		if (isFinal || system.now() >= deadline) throw notTaken(result, place, agent);
		if (mayBeSwitchedOff(result)) await change(launchctlCommands.enable(domain, uid));
		await system.sleep(retryEveryMs);
	}
};

/**
 * launchd refuses a disabled service, so it is enabled first. RunAtLoad does not always create a process; kickstart does,
 * and does not touch one that is running (launchctl(1), kickstart without -k).
 */
export const loadAgent = async (place: AgentPlace, system: System): Promise<void> => {
	const {domain, uid} = place;
	const change = changer(place, system);
	await change(launchctlCommands.enable(domain, uid));
	await bootstrap(place, system);
	const result = await change(launchctlCommands.kickstart(domain, uid));
	if (result.exitCode === 0 || result.exitCode === launchctlStatus.alreadyInProgress) return;
	if (result.exitCode === launchctlStatus.noService) throw removedAtOnce();
	throw notStarted(result, place);
};

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
	const agent = await readAgent(system, domain);
	const before = agent.known === 'loaded' ? agent.agent.pid : undefined;
	const isOver = await interruptAgent(place, system);
	const command = isOver ? launchctlCommands.kickstart(domain, uid) : launchctlCommands.restart(domain, uid);
	const deadline = system.now() + drainLimitMs;
	for (;;) {
		const result = await changer(place, system)(command);
		if (result.exitCode === launchctlStatus.noService) return loadAgent(place, system);
		if (result.exitCode === 0 || result.timedOut) break;
		if (result.exitCode !== launchctlStatus.alreadyInProgress || system.now() >= deadline)
			throw notStarted(result, place);
		await system.sleep(busyEveryMs);
	}
	while (!isThrough(await readAgent(system, domain), before) && system.now() < deadline)
		await system.sleep(pollEveryMs);
};
