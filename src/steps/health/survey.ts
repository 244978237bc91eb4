import type {Fix} from '../../notice.ts';
import type {Failure} from '../../errors.ts';
import {urlOf} from '../../platform/network/address.ts';
import type {Facts} from '../../platform/facts.ts';
import type {ServiceState, Vitals} from '../../platform/service-state.ts';
import type {System} from '../../platform/system.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {askPage} from '../verify/ask-page.ts';
import type {NextStart} from '../../platform/service-manager/service-words.ts';
import {findInstallation, type Installation} from './installation.ts';
import type {Diagnosed, Manager, Persistence} from '../../platform/service-manager/service-manager.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';
import {proposer, warningsIn, type Proposed} from '../plan/propose.ts';
import type {Drift} from './drift.ts';
import {findDrift} from './find-drift.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {startCommand, startVira} from '../../platform/service-manager/usual-fixes.ts';
import type {Settings} from '../../settings/options.ts';
import {isEdited} from '../load/edited-settings.ts';
import {outOfOldState} from '../ways-out.ts';

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

/** Reads the state of the service. Only reads, and throws nothing. */
export const survey = async (system: System, facts: Facts): Promise<Status> => {
	const manager = managerOf(facts);
	const {service} = facts;
	const installation = await findInstallation(system, facts);
	const known = installation.is === 'there' ? installation : undefined;
	const url = known && urlOf(known.settings);
	const [vitals, persistence, unclear, page, proposed] = await Promise.all([
		manager.readVitals(system, service),
		manager.readPersistence(system, service),
		service.active === 'unknown' ? manager.byHand.whyUnknown(system) : undefined,
		known && service.active === 'active' ? askPage(system, {settings: known.settings, service}) : undefined,
		known && proposer(system, facts, known.existing)(known.settings),
	]);
	const drift = known && proposed ? await findDrift(system, facts, {...known, proposed}) : [];
	const runs = service.active === 'active';
	const endedBadly = (vitals.ending ?? service.ending) !== undefined;
	const hindrance = runs ? undefined : hindranceIn(drift, endedBadly);
	const isHindered = hindrance !== undefined || installation.is === 'unreadable';
	const startResets = known !== undefined && resetsAtStart(facts, known.existing, proposed);
	const prospect = {settings: known?.settings, startResets, isHindered};
	return {
		facts,
		installation,
		service,
		vitals,
		persistence,
		diagnosis: asRefused(manager.diagnose(known?.settings), prospect),
		nextStart: manager.byHand.nextStart(known?.settings),
		unclear,
		hindrance,
		toStart: comesUp(service) ? [] : toStart(manager, prospect),
		startResets,
		url,
		page,
		drift,
		proposed,
		healthy: page?.level === 'ok',
		mask: known ? masker(known.settings) : maskLooks,
	};
};
const hindering: readonly Drift['code'][] = ['vira-gone', 'not-applicable', 'certificate-unusable'];
/** The drift that prevents a start, or made the last one fail. */

export const hindranceIn = (drift: readonly Drift[], endedBadly: boolean): Drift | undefined =>
	drift.find(({code, dropIn}) => (dropIn?.startsOther === true ? endedBadly : hindering.includes(code)));
/** The proposal equals what is set up, unless the settings were edited since. */

export const resetsAtStart = (facts: Facts, existing: Existing, proposed: Proposed | undefined): boolean =>
	!isEdited(facts, existing) && warningsIn(proposed).some(({code}) => code === 'state-reset');
/** What a start depends on. */

export interface Prospect {
	readonly settings: Settings | undefined;
	/** Whether Vira would delete its state. */
	readonly startResets: boolean;
	readonly isHindered: boolean;
}
/** What to advise instead of a start that would be refused; undefined: it would not be refused. */
const insteadOfStart = ({settings, startResets, isHindered}: Prospect): readonly Fix[] | undefined => {
	if (settings && startResets) return outOfOldState(settings);
	return isHindered ? [{say: 'starts Vira once the cause is fixed', command: startCommand}] : undefined;
};
/** How to start a service that is not running: sentences, or commands to copy. */

export const toStart = ({byHand}: Manager, prospect: Prospect): readonly Fix[] =>
	(prospect.settings && byHand.cannotStart(prospect.settings)?.fixes) ??
	insteadOfStart(prospect) ?? [startVira];
/** A diagnosis considers only the service manager, so it may advise a start that would be refused. */

export const asRefused = (diagnosis: Diagnosed | undefined, prospect: Prospect): Diagnosed | undefined => {
	const instead = insteadOfStart(prospect);
	return instead === undefined || diagnosis === undefined
		? diagnosis
		: {
				...diagnosis,
				fixes: diagnosis.fixes.flatMap((one) => (one.command === startCommand ? instead : [one])),
			};
};
