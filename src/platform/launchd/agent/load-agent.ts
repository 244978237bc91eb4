import type {Fix} from '../../../notice.ts';
import {exitCode, SetupError, type Failure} from '../../../errors.ts';
import {isDraining, readAgent} from './agent-state.ts';
import type {Agent} from '../../facts.ts';
import {commands, exitText, status} from '../launchctl.ts';
import type {RunResult, System} from '../../system.ts';
import {couldNotRun, whyUnanswered} from '../../run-result.ts';
import {runAgain} from '../../service-manager/service-words.ts';
import {changer, interruptAgent, pollEveryMs, type AgentPlace} from './unload-agent.ts';

const retryEveryMs = 500;
/** launchd kills the process after the agent's ExitTimeOut of 20 seconds. */
const drainLimitMs = 30_000;
const loadLimitMs = 40_000;

/** launchctl's own message, without its advice to try again as root, which does not help. */
const wordsOf = (result: RunResult): string => {
	const why = whyUnanswered(result);
	if (why !== undefined) return `launchctl: ${why}`;
	const lines = result.stderr.split('\n').filter((line) => !line.includes('as root for richer errors'));
	return lines.filter((line) => line !== '').join(' ') || exitText(result.exitCode);
};

const refused = (failure: Omit<Failure, 'exit'>): SetupError =>
	new SetupError({exit: exitCode.refused, ...failure});

/** How to end a process that does not stop. The service's files are still complete at that point. */
const endByForce = (pid: number | undefined): readonly Fix[] => [
	...(pid === undefined ? [] : [{say: 'kills it', command: `kill -9 ${pid}`}]),
	runAgain,
];

const notEnded = (agent: Agent, result: RunResult): SetupError => {
	const said = wordsOf(result);
	if (agent.known !== 'loaded')
		return refused({message: 'launchd did not report whether the service has stopped.', detail: said});
	const {pid} = agent.agent;
	const asked = `launchd asked it to stop${pid === undefined ? '' : ` (PID ${pid})`}.`;
	return refused({
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
	const bootout = () => changer(place, system)(commands.bootout(domain, uid));
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

/** The errors that launchd does not hide, and what helps. */
const knownTroubles: Readonly<Record<number, Omit<Failure, 'exit'>>> = {
	[status.noSession]: {
		message: 'Your desktop session has ended: launchd cannot load a service into it.',
		fixes: [{say: "Log in to the Mac's desktop and run vira-setup again."}],
	},
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

/** A user domain exists from the first login after a boot, over SSH or on the desktop. */
const notSeen: Omit<Failure, 'exit'> = {
	message: 'launchd has no user domain for you yet: you have not logged in since the last boot.',
	fixes: [{say: "Log in over SSH or to the Mac's desktop, and run vira-setup there."}],
};

const knownTrouble = (
	{exitCode: code = 0}: RunResult,
	{domain}: AgentPlace,
): Omit<Failure, 'exit'> | undefined => {
	if (code !== status.noDomain && code !== status.noSession) return knownTroubles[code];
	return domain === 'user' ? notSeen : knownTroubles[status.noSession];
};

const notTaken = (result: RunResult, place: AgentPlace, agent: Agent): SetupError => {
	if (agent.known === 'loaded' && isDraining(agent.agent))
		return refused({
			message: 'launchd did not load the service: the previous one has not stopped yet.',
			detail: 'Its file is in place, and it starts after the next login at the latest.',
			fixes: endByForce(agent.agent.pid),
		});
	return refused({
		...(knownTrouble(result, place) ?? {
			message: 'launchd did not load the service.',
			fixes: [
				{say: 'checks its file', command: `plutil -lint ${place.path}`},
				{say: 'Check that it is turned on in System Settings > General > Login Items.'},
			],
		}),
		detail: wordsOf(result),
	});
};

/** The service is loaded, and launchd did not create a process for it. */
export const notStarted = (result: RunResult, place: AgentPlace): SetupError =>
	refused({
		...(knownTrouble(result, place) ?? {message: 'launchd did not start the service.'}),
		detail: wordsOf(result),
	});

/** Without root, launchctl reports a disabled service with either status. */
const mayBeSwitchedOff = ({exitCode: code}: RunResult): boolean =>
	code === status.disabled || code === status.inputOutput;

/**
 * Retries until the service is loaded: a first status of 5 can mean that the previous one is still stopping, or that the
 * service is already loaded. The actual state is read back.
 */
const bootstrap = async (place: AgentPlace, system: System): Promise<void> => {
	const {domain, uid, path} = place;
	const change = changer(place, system);
	const deadline = system.now() + loadLimitMs;
	for (;;) {
		const result = await change(commands.bootstrap(domain, uid, path));
		const agent = await readAgent(system, domain);
		if (agent.known === 'loaded' && !isDraining(agent.agent)) return;
		if (result.exitCode === 0 && agent.known === 'unknown') return;
		if (result.exitCode === 0) throw removedAtOnce();
		const isFinal = couldNotRun(result) || knownTrouble(result, place) !== undefined;
		if (isFinal || system.now() >= deadline) throw notTaken(result, place, agent);
		if (mayBeSwitchedOff(result)) await change(commands.enable(domain, uid));
		await system.sleep(retryEveryMs);
	}
};

const removedAtOnce = (): SetupError =>
	refused({
		message: 'launchd loaded the service and removed it immediately.',
		fixes: [
			{say: 'Turn it on in System Settings > General > Login Items.'},
			{
				say: 'shows why',
				command: `log show --last 10m --predicate 'process == "launchd"' | grep org.vira.service`,
			},
		],
	});

/**
 * launchd refuses a disabled service, so it is enabled first. RunAtLoad does not always create a process; kickstart does,
 * and does not touch one that is running (launchctl(1), kickstart without -k).
 */
export const loadAgent = async (place: AgentPlace, system: System): Promise<void> => {
	const {domain, uid} = place;
	const change = changer(place, system);
	await change(commands.enable(domain, uid));
	await bootstrap(place, system);
	const result = await change(commands.kickstart(domain, uid));
	if (result.exitCode === 0 || result.exitCode === status.alreadyInProgress) return;
	if (result.exitCode === status.noService) throw removedAtOnce();
	throw notStarted(result, place);
};
