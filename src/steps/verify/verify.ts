import type {Facts} from '../../platform/facts.ts';
import type {ServiceState} from '../../platform/machine-facts.ts';
import {urlOf} from '../../platform/network/address.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action, Progress, Verdict} from '../../platform/actions/action.ts';
import type {Persistence} from '../../platform/service-manager/service-manager.ts';
import {askPage} from './ask-page.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';

const verifyPollMs = 250;

/** A process that runs this long has started (Vira fails within its first second, or not at all). */
const steadyAfterMs = 3000;

/** What was done to the service, and how long it is watched. */
export interface Watch {
	/** From before the first change. */
	readonly facts: Facts;
	/** If they started it, its process has to keep running, and no automatic restart is an old one. */
	readonly actions: readonly Action[];
	/** How long the page may take to respond. */
	readonly withinMs: number;
	readonly signal: AbortSignal;
}

interface WatchedService {
	readonly running: Finding;
	readonly responding: Finding;
}

const seen = (code: Finding['code'], good: boolean, message: string): Finding => ({
	level: good ? 'ok' : code === 'running' ? 'error' : 'warning',
	code,
	message,
});

const whyAgainst = ({ending}: ServiceState, message: string): string =>
	ending === undefined ? message : `${message} ${ending}`;

/** How a process ended, in one sentence with what followed. */
const endedText = (state: ServiceState, followed = ''): string => {
	const how = /^It ((?:exited|was killed)[^.,]*)\.$/u.exec(state.ending ?? '')?.[1];
	return how === undefined ? whyAgainst(state, `Vira exited${followed}.`) : `Vira ${how}${followed}.`;
};

/** Why the service is not running properly; undefined: no problem so far. */
const problemSoFar = (
	state: ServiceState,
	first: Pick<ServiceState, 'restarts' | 'mainPid'>,
): string | undefined => {
	if (state.active === 'failed') return whyAgainst(state, 'The service failed.');
	if (state.active === 'inactive') return endedText(state);
	if (state.active === 'unknown') return 'The service manager does not respond.';
	const hasNewPid = first.mainPid !== undefined && state.mainPid !== first.mainPid;
	return state.restarts > first.restarts || hasNewPid ? endedText(state, ' and was restarted') : undefined;
};

const steadiness = (steady: boolean, state: ServiceState): Finding =>
	seen(
		'running',
		steady,
		steady
			? `Vira is running${state.mainPid === undefined ? '' : ` (PID ${state.mainPid})`}.`
			: whyAgainst(state, 'Vira did not keep running long enough.'),
	);

/** Watches the process and requests the page until both are good, one has failed, or time is up. */
async function* watch(
	system: System,
	settings: Settings,
	{facts, actions, withinMs, signal}: Watch,
): AsyncGenerator<Progress, WatchedService> {
	const manager = managerOf(facts);
	const restarted = actions.some((action) => manager.stepOf(action) === 'start');
	const steadyMs = restarted ? steadyAfterMs : 0;
	const began = system.now();
	// The page has to respond within the limit; that the process is steady takes at least `steadyMs`.
	const limitMs = Math.max(withinMs, steadyMs + 2 * verifyPollMs);
	let first: Pick<ServiceState, 'restarts' | 'mainPid'> | undefined;
	let responding = seen('responding', false, 'Not checked yet.');
	for (;;) {
		const state = await manager.readState(system);
		first ??= {restarts: restarted && !manager.countsEveryStart ? 0 : state.restarts, mainPid: undefined};
		first = {...first, mainPid: first.mainPid ?? state.mainPid};
		const against = problemSoFar(state, first);
		if (against !== undefined) return {running: seen('running', false, against), responding};
		if (responding.level !== 'ok') responding = await askPage(system, {settings, service: state}, signal);
		const elapsedMs = system.now() - began;
		const steady = state.active === 'active' && elapsedMs >= steadyMs;
		if ((steady && responding.level === 'ok') || elapsedMs >= limitMs || signal.aborted)
			return {running: steadiness(steady, state), responding};
		// A process that has started only has to become steady.
		yield responding.level === 'ok'
			? {at: 'checking', what: 'running', elapsedMs, withinMs: elapsedMs < steadyMs ? steadyMs : limitMs}
			: {at: 'checking', what: 'responding', elapsedMs, withinMs};
		await system.sleep(verifyPollMs, signal);
	}
}

/** A service that will start later cannot be checked now: only what was configured is reported. */
async function* verifyLater(
	message: string,
	{startsAtBoot, survivesLogout}: Persistence,
	url: string,
): AsyncGenerator<Progress, Verdict> {
	const finding = seen('running', true, message);
	yield {at: 'checked', finding};
	return {healthy: true, findings: [finding], startsAtBoot, survivesLogout, url, log: []};
}

const bootSentence = ({startsAtBoot, bootUnknown, notAtBoot}: Persistence): string => {
	if (startsAtBoot === undefined)
		return ['Starts at boot: unknown.', bootUnknown].filter((one) => one !== undefined).join(' ');
	if (startsAtBoot) return 'Starts at boot: yes.';
	return notAtBoot === undefined
		? 'Starts at boot: no, only when you log in.'
		: `Starts at boot: no. ${notAtBoot}`;
};

/** `yes` or `no`. */
export const runsAfterLogout = (answer: string): string => `Keeps running after logout: ${answer}`;

/** Reads the state back, requests the page, and reports the result. */
export async function* verify(
	system: System,
	settings: Settings,
	wanted: Watch,
): AsyncGenerator<Progress, Verdict> {
	const url = urlOf(settings);
	const manager = managerOf(wanted.facts);
	const later = manager.startsLater(settings);
	if (later !== undefined) return yield* verifyLater(later, manager.outlook(settings), url);
	const {running, responding} = yield* watch(system, settings, wanted);
	const state = await manager.readState(system);
	const persistence = await manager.readPersistence(system, state);
	const {startsAtBoot, survivesLogout} = persistence;
	const healthy = running.level === 'ok' && responding.level === 'ok';
	const findings = [
		running,
		responding,
		seen('starts-at-boot', startsAtBoot === true, bootSentence(persistence)),
		seen('survives-logout', survivesLogout, `${runsAfterLogout(survivesLogout ? 'yes' : 'no')}.`),
	];
	// Checks that were interrupted are not reported.
	if (!wanted.signal.aborted) for (const finding of findings) yield {at: 'checked', finding};
	const {lines: log, unreadable} = healthy ? {lines: []} : await manager.readLog(system);
	return {
		healthy,
		findings,
		startsAtBoot,
		survivesLogout,
		url,
		log,
		...(unreadable && {logUnreadable: unreadable}),
	};
}
