import type {Fix} from '../../notice.ts';
import type {Failure} from '../../errors.ts';
import {urlOf, proxyFor, type ProxyRule} from '../../platform/network/address.ts';
import type {Facts} from '../../platform/facts.ts';
import type {ServiceState, Vitals} from '../../platform/machine-facts.ts';
import type {System} from '../../platform/system.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {askPage} from '../verify/ask-page.ts';
import {
	startCommand,
	startVira,
	outOfOldState,
	type NextStart,
} from '../../platform/service-manager/service-words.ts';
import {findInstallation, type Installation} from './installation.ts';
import type {Diagnosed, Persistence} from '../../platform/service-manager/service-manager.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';
import {proposer, warningsIn, type Proposed} from '../plan/propose.ts';
import {driftKind, type Drift} from './drift-of-files.ts';
import {findDrift} from './find-drift.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import type {Settings} from '../../settings/options.ts';
import {isEdited} from '../load/load.ts';

/** The state of the service, as far as it was seen. */
export interface Status {
	readonly facts: Facts;
	readonly installation: Installation;
	readonly service: ServiceState;
	readonly vitals: Vitals;
	readonly persistence: Persistence;
	/** The problem of the service, if there is one. */
	readonly diagnosis: Diagnosed | undefined;
	/** When it starts automatically; for a running service, after it was stopped. */
	readonly nextStart: NextStart;
	/** Why it is unknown whether it is running, if so. */
	readonly unclear: Failure | undefined;
	/** What prevents a start, if it is not running. */
	readonly hindrance: Drift | undefined;
	/** How to start it, if it is not running. */
	readonly toStart: readonly Fix[];
	/** Whether a start of what is set up would have Vira delete its state. */
	readonly startResets: boolean;
	/** undefined: the settings are not known. */
	readonly url: string | undefined;
	/** undefined: it was not requested, because our service is not running. */
	readonly page: Finding | undefined;
	readonly drift: readonly Drift[];
	/** What a run with the saved settings would do; undefined without settings. */
	readonly proposed: Proposed | undefined;
	/** Whether it is running, and its own page responds without an error. */
	readonly healthy: boolean;
	/** Hides the secrets of the settings in any text about them. */
	readonly mask: (text: string) => string;
}

const comesUp = ({active, awaitsRestart}: ServiceState): boolean =>
	active === 'active' || (active === 'activating' && !awaitsRestart);

/** The drift that prevents a start, or made the last one fail. */
const hindranceIn = (drift: readonly Drift[], ending: string | undefined): Drift | undefined =>
	drift.find((one) => (one.dropIn?.startsOther ? ending !== undefined : driftKind(one).hinders));

/** Whether a start deletes the state: the proposal equals what is set up, unless the settings were edited since. */
const resetsAtStart = (facts: Facts, existing: Existing, proposed: Proposed | undefined): boolean =>
	!isEdited(facts, existing) && warningsIn(proposed).some(({code}) => code === 'state-reset');

/** What to advise instead of a start that would be refused; undefined: it would not be. `reset`: whose state it deletes. */
const insteadOfStart = (reset: Settings | undefined, isHindered: boolean): readonly Fix[] | undefined => {
	if (reset) return outOfOldState(reset);
	return isHindered ? [{say: 'starts Vira once the cause is fixed', command: startCommand}] : undefined;
};

/** A diagnosis considers only the service manager, so it may advise a start that would be refused. */
const asRefused = (
	found: Diagnosed | undefined,
	instead: readonly Fix[] | undefined,
): Diagnosed | undefined =>
	found && {
		...found,
		fixes: found.fixes.flatMap((one) => (instead && one.command === startCommand ? instead : [one])),
	};

/** Reads the state of the service. Only reads, and throws nothing. */
export const survey = async (system: System, facts: Facts): Promise<Status> => {
	const manager = managerOf(facts);
	const {service} = facts;
	const installation = await findInstallation(system, facts);
	const known = installation.is === 'there' ? installation : undefined;
	const settings = known?.settings;
	const runs = service.active === 'active';
	const [vitals, persistence, unclear, page, proposed] = await Promise.all([
		manager.readVitals(system, service),
		manager.readPersistence(system, service),
		service.active === 'unknown' ? manager.byHand.whyUnknown(system) : undefined,
		settings && runs ? askPage(system, {settings, service}) : undefined,
		known && proposer(system, facts, known.existing)(known.settings),
	]);
	const drift = known && proposed ? await findDrift(system, facts, {...known, proposed}) : [];
	const hindrance = runs ? undefined : hindranceIn(drift, vitals.ending ?? service.ending);
	const startResets = known !== undefined && resetsAtStart(facts, known.existing, proposed);
	const isHindered = hindrance !== undefined || installation.is === 'unreadable';
	const instead = insteadOfStart(startResets ? settings : undefined, isHindered);
	const toStart = (settings && manager.byHand.cannotStart(settings)?.fixes) ?? instead ?? [startVira];
	return {
		facts,
		installation,
		service,
		vitals,
		persistence,
		diagnosis: asRefused(manager.diagnose(settings), instead),
		nextStart: manager.byHand.nextStart(settings),
		unclear,
		hindrance,
		toStart: comesUp(service) ? [] : toStart,
		startResets,
		url: settings && urlOf(settings),
		page,
		drift,
		proposed,
		healthy: page?.level === 'ok',
		mask: settings ? masker(settings) : maskLooks,
	};
};

/** A Vira that has not responded in this time after its start will not, or exits: usually, it takes half a second. */
const startMs = 5000;

const pauseMs = 250;

/** Whether the process has only just started, and may still begin to respond, or exit. */
const hasJustStarted = ({page, vitals}: Status, now: number): boolean =>
	page?.kind === 'silent' && vitals.since !== undefined && now - vitals.since < startMs;

/**
 * Looks again while the service is only just starting: neither a Vira that responds a moment later, nor one that exits
 * over and over, is described by that moment.
 */
export const onceStarted = async <T>(
	system: Pick<System, 'now' | 'sleep'>,
	look: () => Promise<T>,
	statusIn: (seen: T) => Status,
): Promise<T> => {
	const began = system.now();
	for (;;) {
		const seen = await look();
		const now = system.now();
		if (now - began >= startMs || !hasJustStarted(statusIn(seen), now)) return seen;
		await system.sleep(pauseMs);
	}
};

/** What a proxy has to forward; undefined: no proxy is needed, or the settings are unknown. */
export const proxyOf = ({installation}: Pick<Status, 'installation'>): ProxyRule | undefined =>
	installation.is === 'there' ? proxyFor(installation.settings) : undefined;

/** The person's own drop-ins that override none of our lines: those that do are reported as drift. */
export const ownAdditions = ({drift, facts}: Pick<Status, 'drift' | 'facts'>): readonly string[] => {
	const told = drift.map(({dropIn}) => dropIn?.path);
	return managerOf(facts).dropIns.filter((path) => !told.includes(path));
};

/**
 * What changes by itself while someone looks. It takes a command on Linux and a few on a Mac; a whole survey takes a
 * dozen, and runs Vira and Nix.
 */
type Pulse = readonly unknown[];

const pulse = ({active, awaitsRestart, mainPid, restarts}: ServiceState, page: Status['page']): Pulse => [
	active,
	awaitsRestart,
	mainPid,
	restarts,
	page?.kind,
];

export const pulseOf = ({service, page}: Status): Pulse => pulse(service, page);

/** The same, as it is now. */
export const readPulse = async (
	system: System,
	{facts, installation}: Pick<Status, 'installation'> & {readonly facts: Facts},
): Promise<Pulse> => {
	const service = await managerOf(facts).readState(system);
	const settings: Settings | undefined = installation.is === 'there' ? installation.settings : undefined;
	const isAsked = settings && service.active === 'active';
	return pulse(service, isAsked ? await askPage(system, {settings, service}) : undefined);
};
