import {exitCode, SetupError, type Complaint} from '../../errors.ts';
import {isDraining, readAgent} from '../../platform/macos/agents.ts';
import type {Agent} from '../../platform/facts.ts';
import {commands, status} from '../../platform/macos/launchctl.ts';
import type {RunResult, System} from '../../platform/system.ts';
import {couldNotRun, whyUnanswered} from '../../platform/why-unanswered.ts';
import type {LoadAgent, UnloadAgent} from '../action.ts';
import {changer, interruptAgent, pollEveryMs, type ServicePlace} from './interrupt-agent.ts';

const retryEveryMs = 500;
/** The agent's ExitTimeOut is 20 s; only then does launchd kill it. */
const drainLimitMs = 30_000;
const loadLimitMs = 40_000;

type Place = ServicePlace & Pick<LoadAgent, 'path'>;

/** launchd's own words, without its advice to try it as root, which helps nobody. */
const wordsOf = (result: RunResult): string => {
	const why = whyUnanswered(result);
	if (why !== undefined) return `launchctl: ${why}`;
	const {stderr, exitCode: code} = result;
	const lines = stderr
		.split('\n')
		.filter((line) => line !== '' && !line.includes('as root for richer errors'));
	return lines.join(' ') || `launchctl ended with status ${code ?? 'unknown'}.`;
};

const refused = (complaint: Omit<Complaint, 'code'>): SetupError =>
	new SetupError({code: exitCode.refused, ...complaint});

/** What helps against a process that does not end: nothing of the service's files has been lost by then. */
const endByForce = (pid: number | undefined): readonly string[] => [
	...(pid === undefined ? [] : [`kill -9 ${pid}`]),
	'Then start vira-setup again.',
];

const notEnded = (agent: Agent, result: RunResult): SetupError => {
	if (agent.known !== 'loaded')
		return refused({what: 'launchd does not say whether the service has ended.', why: wordsOf(result)});
	const {pid} = agent.agent;
	return refused({
		what: `The service has not ended within ${drainLimitMs / 1000} seconds, and launchd still has it.`,
		why:
			result.exitCode === 0
				? `It was told to end${pid === undefined ? '' : `: process ${pid}`}.`
				: wordsOf(result),
		next: endByForce(pid),
	});
};

/**
 * bootout sends SIGTERM, so what runs is first asked to end with a checkpoint. It answers before the process is gone; until then the name is taken (launchctl(1), bootout). It was also seen to
 * answer 0 and to do nothing: what is still there, and is not ending, is told again.
 */
export const unloadAgent = async (place: UnloadAgent, system: System): Promise<void> => {
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

/** What launchd says without hiding the reason, and what helps. */
const knownTroubles: Readonly<Record<number, Omit<Complaint, 'code'>>> = {
	[status.noSession]: {
		what: 'Your session at the screen has ended meanwhile: launchd takes no service for it.',
		next: ['Log in at the screen and start vira-setup again.'],
	},
	122: {what: 'launchd does not trust the file of the service: its owner or its mode.'},
	155: {
		what: 'macOS does not run this program: it is in quarantine.',
		next: ['xattr -d com.apple.quarantine PROGRAM'],
	},
	161: {
		what: 'The service is switched off in System Settings, General, Login Items.',
		next: ['Switch it on there, then start vira-setup again.'],
	},
};

/** Their background is there from a person's first login after a boot, by SSH or at the screen. */
const notSeen: Omit<Complaint, 'code'> = {
	what: 'launchd does not know you yet: nobody has logged in as you since the Mac was started.',
	next: ['Log in by SSH or at the screen, and start vira-setup there.'],
};

const knownTrouble = (
	{exitCode: code = 0}: RunResult,
	{domain}: Place,
): Omit<Complaint, 'code'> | undefined => {
	if (code !== status.noDomain && code !== status.noSession) return knownTroubles[code];
	return domain === 'user' ? notSeen : knownTroubles[status.noSession];
};

const notTaken = (
	result: RunResult,
	{place, agent}: {readonly place: Place; readonly agent: Agent},
): SetupError => {
	if (agent.known === 'loaded' && isDraining(agent.agent))
		return refused({
			what: 'launchd did not take the service: the one before it has still not ended.',
			why: 'Its file is in place, and it starts at the next login at the latest.',
			next: endByForce(agent.agent.pid),
		});
	const known = knownTrouble(result, place);
	const {path} = place;
	return refused({
		...(known ?? {
			what: 'launchd did not take the service.',
			next: [`plutil -lint ${path}`, 'System Settings, General, Login Items: is it on?'],
		}),
		why: wordsOf(result),
	});
};

/** launchd has the service, and made no process of it. */
export const notStarted = (result: RunResult, place: Place): SetupError =>
	refused({
		...(knownTrouble(result, place) ?? {what: 'launchd did not start the service.'}),
		why: wordsOf(result),
	});

/** Who is not root may be told either of a service that is switched off. */
const mayBeSwitchedOff = ({exitCode: code}: RunResult): boolean =>
	code === status.disabled || code === status.inputOutput;

const isFinal = (result: RunResult): boolean => couldNotRun(result) || isFinalStatus(result);

const isFinalStatus = ({exitCode: code}: RunResult): boolean =>
	(code !== undefined && code in knownTroubles) || code === status.noDomain;

/**
 * Asks until launchd has the service: a first answer of 5 can mean that the one before is still ending, or that the
 * service is there. What is true is read back.
 */
const bootstrap = async (place: Place, system: System): Promise<void> => {
	const {domain, uid, path} = place;
	const change = changer(place, system);
	const deadline = system.now() + loadLimitMs;
	for (;;) {
		const result = await change(commands.bootstrap(domain, uid, path));
		const agent = await readAgent(system, domain);
		if (agent.known === 'loaded' && !isDraining(agent.agent)) return;
		if (result.exitCode === 0 && agent.known === 'unknown') return;
		if (result.exitCode === 0) throw removedAtOnce();
		if (isFinal(result) || system.now() >= deadline) throw notTaken(result, {place, agent});
		if (mayBeSwitchedOff(result)) await change(commands.enable(domain, uid));
		await system.sleep(retryEveryMs);
	}
};

const removedAtOnce = (): SetupError =>
	refused({
		what: 'launchd took the service and removed it at once.',
		next: [
			'System Settings, General, Login Items: switch it on there.',
			`log show --last 10m --predicate 'process == "launchd"' | grep org.vira.service`,
		],
	});

/**
 * A switched-off service would be refused, so it is switched on first. RunAtLoad alone does not always give a process;
 * kickstart does, and leaves one that runs alone (launchctl(1), kickstart without -k).
 */
export const loadAgent = async (place: LoadAgent, system: System): Promise<void> => {
	const {domain, uid} = place;
	const change = changer(place, system);
	await change(commands.enable(domain, uid));
	await bootstrap(place, system);
	const result = await change(commands.kickstart(domain, uid));
	const accepted: readonly unknown[] = [0, status.alreadyInProgress];
	if (accepted.includes(result.exitCode)) return;
	if (result.exitCode === status.noService) throw removedAtOnce();
	throw notStarted(result, place);
};
