import type {Facts, ServiceState} from '../platform/facts.ts';
import {urlOf} from '../platform/address.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import {bootIsUnknown, notAtBoot as isNotAtBoot} from './boot-words.ts';
import type {Manager, Persistence} from './manager.ts';
import {askPage} from './ask-page.ts';
import {managerOf} from './managers.ts';
import type {Finding, Progress, Verdict} from './progress.ts';

const pollEveryMs = 250;

export interface Patience {
	/** How long the page may take to answer. */
	readonly withinMs: number;
	/** How long one and the same process has to run before it counts. */
	readonly steadyMs: number;
	/** Whether this run started it: no automatic restart is then an old one. */
	readonly restarted: boolean;
	readonly signal: AbortSignal;
}

interface Watched {
	readonly running: Finding;
	readonly answering: Finding;
}

const seen = (code: Finding['code'], good: boolean, message: string): Finding => ({code, good, message});

const whyAgainst = ({ending}: ServiceState, message: string): string =>
	ending === undefined ? message : `${message} ${ending}`;

/** What speaks against the service running as it should; undefined: nothing so far. */
const trouble = (
	state: ServiceState,
	first: Pick<ServiceState, 'restarts' | 'mainPid'>,
): string | undefined => {
	if (state.active === 'failed') return whyAgainst(state, 'The service failed.');
	if (state.active === 'inactive') return whyAgainst(state, 'The service ended.');
	if (state.active === 'unknown') return 'The user manager does not answer.';
	if (state.restarts > first.restarts) return whyAgainst(state, 'The service ended and was started again.');
	if (first.mainPid !== undefined && state.mainPid !== first.mainPid)
		return whyAgainst(state, 'The service ended and was started again.');
	return undefined;
};

const steadiness = (steady: boolean, state: ServiceState): Finding =>
	seen(
		'running',
		steady,
		steady
			? `Running${state.mainPid === undefined ? '' : `, process ${state.mainPid}`}.`
			: whyAgainst(state, 'It did not run steadily in time.'),
	);

/** Watches the process and asks the page until both are fine, one of them cannot become so, or time is up. */
async function* watch(
	{system, manager}: {readonly system: System; readonly manager: Manager},
	settings: Settings,
	{withinMs, steadyMs, restarted, signal}: Patience,
): AsyncGenerator<Progress, Watched> {
	const began = system.now();
	// The page has to answer within the limit; that the process is steady cannot be known any sooner than it is.
	const limitMs = Math.max(withinMs, steadyMs + 2 * pollEveryMs);
	let first: Pick<ServiceState, 'restarts' | 'mainPid'> | undefined;
	let answering = seen('answering', false, 'It has not been asked yet.');
	for (;;) {
		const state = await manager.readState(system);
		first ??= {
			restarts: restarted && !manager.countsEveryStart ? 0 : state.restarts,
			mainPid: undefined,
		};
		first = {...first, mainPid: first.mainPid ?? state.mainPid};
		const against = trouble(state, first);
		if (against !== undefined) return {running: seen('running', false, against), answering};
		if (!answering.good) answering = await askPage(system, {settings, service: state}, signal);
		const elapsedMs = system.now() - began;
		const steady = state.active === 'active' && elapsedMs >= steadyMs;
		if ((steady && answering.good) || elapsedMs >= limitMs || signal.aborted)
			return {running: steadiness(steady, state), answering};
		yield {at: 'checking', what: answering.good ? 'running' : 'answering', elapsedMs, withinMs};
		await system.sleep(pollEveryMs, signal);
	}
}

/** A service that waits for something of the machine's cannot be asked: what is told is what has been arranged. */
async function* verifyLater(
	message: string,
	{startsAtBoot, survivesLogout}: Persistence,
	url: string,
): AsyncGenerator<Progress, Verdict> {
	const finding = seen('running', true, message);
	yield {at: 'checked', finding};
	return {healthy: true, findings: [finding], startsAtBoot, survivesLogout, url, log: []};
}

const atBoot = ({startsAtBoot, bootUnknown, notAtBoot}: Persistence): string => {
	if (startsAtBoot === undefined)
		return [bootIsUnknown, bootUnknown].filter((one) => one !== undefined).join(' ');
	if (startsAtBoot) return 'Vira starts at boot.';
	return notAtBoot === undefined
		? 'Vira does not start at boot, only when you log in.'
		: `${isNotAtBoot} ${notAtBoot}`;
};

/** Reads the state back, asks the page, and says honestly what was seen. */
export async function* verify(
	system: System,
	settings: Settings,
	{facts, patience}: {readonly facts: Facts; readonly patience: Patience},
): AsyncGenerator<Progress, Verdict> {
	const url = urlOf(settings);
	const manager = managerOf(facts);
	const later = manager.startsLater(settings);
	if (later !== undefined) return yield* verifyLater(later, manager.outlook(settings), url);
	const {running, answering} = yield* watch({system, manager}, settings, patience);
	const state = await manager.readState(system);
	const persistence = await manager.readPersistence(system, state);
	const {startsAtBoot, survivesLogout} = persistence;
	const healthy = running.good && answering.good;
	const findings = [
		running,
		answering,
		seen('starts-at-boot', startsAtBoot === true, atBoot(persistence)),
		seen(
			'survives-logout',
			survivesLogout,
			survivesLogout ? 'It goes on when you log out.' : 'It stops when you log out.',
		),
	];
	// What was not looked at to its end is not told.
	if (!patience.signal.aborted) for (const finding of findings) yield {at: 'checked', finding};
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
