import type {Complaint} from '../../errors.ts';
import {urlOf} from '../../platform/address.ts';
import type {Facts, ServiceState} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import type {Vitals} from '../../platform/vitals.ts';
import type {Settings} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secret-looks.ts';
import {masker} from '../../settings/secrets.ts';
import {askPage} from '../ask-page.ts';
import type {NextStart} from '../by-hand.ts';
import {isEdited} from '../edited-settings.ts';
import {findInstallation, type Installation} from '../installation.ts';
import type {Diagnosed, Manager, Persistence} from '../manager.ts';
import {managerOf} from '../managers.ts';
import type {Finding} from '../progress.ts';
import type {Existing} from '../situation.ts';
import {proposer, warningsIn, type Proposed} from '../propose.ts';
import {outOfOldState} from '../ways-out.ts';
import type {Drift} from './drift.ts';
import {findDrift} from './find-drift.ts';

/** All that there is to tell of the service, as it was seen. */
export interface Status {
	readonly facts: Facts;
	readonly installation: Installation;
	readonly service: ServiceState;
	readonly vitals: Vitals;
	readonly persistence: Persistence;
	/** What is the matter with it, if anything is. */
	readonly diagnosis: Diagnosed | undefined;
	/** When it starts by itself; that of a service that runs, once it is stopped. */
	readonly nextStart: NextStart;
	/** Why it cannot be told whether it runs, if that is so. */
	readonly unclear: Complaint | undefined;
	/** What keeps it from being started, where it does not run. */
	readonly hindrance: Drift | undefined;
	/** How it can be started, where it does not run: sentences, or commands to copy. */
	readonly toStart: readonly string[];
	/** Whether a start of what is set up would have Vira delete its state. */
	readonly startResets: boolean;
	/** undefined: the settings are not known. */
	readonly url: string | undefined;
	/** undefined: it was not asked, for nothing of ours runs. */
	readonly page: Finding | undefined;
	readonly drift: readonly Drift[];
	/** What a run with the saved settings would do; undefined where there are none. */
	readonly proposed: Proposed | undefined;
	/** Whether it runs, and its own page answers well. */
	readonly healthy: boolean;
	/** Hides the secrets of the settings in any text about them. */
	readonly mask: (text: string) => string;
}

const hindering: readonly Drift['code'][] = ['vira-gone', 'not-applicable', 'certificate-unusable'];

/** What keeps it from being started, or ends it again, as far as it is seen. */
const hindranceIn = (drift: readonly Drift[], endedBadly: boolean): Drift | undefined =>
	drift.find(({code, dropIn}) => (dropIn?.startsOther === true ? endedBadly : hindering.includes(code)));

/** What is proposed is what is set up, unless somebody has edited the settings since. */
const resetsAtStart = (facts: Facts, existing: Existing, proposed: Proposed | undefined): boolean =>
	!isEdited(facts, existing) && warningsIn(proposed).some(({code}) => code === 'state-reset');

interface Seen {
	readonly settings: Settings | undefined;
	readonly startResets: boolean;
	readonly isHindered: boolean;
}

const toStart = ({byHand}: Manager, {settings, startResets, isHindered}: Seen): readonly string[] => {
	const elsewhere = settings && byHand.cannotStart(settings)?.next;
	if (elsewhere) return elsewhere;
	if (settings && startResets) return outOfOldState(settings);
	return [
		isHindered ? 'vira-setup start   starts it, once the reason is gone' : 'vira-setup start   starts it',
	];
};

const comesUp = ({active, awaitsRestart}: ServiceState): boolean =>
	active === 'active' || (active === 'activating' && !awaitsRestart);

/** Looks at all there is to tell. Reads only, and complains of nothing. */
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
	return {
		facts,
		installation,
		service,
		vitals,
		persistence,
		diagnosis: manager.diagnose(known?.settings),
		nextStart: manager.byHand.nextStart(known?.settings),
		unclear,
		hindrance,
		toStart: comesUp(service) ? [] : toStart(manager, {settings: known?.settings, startResets, isHindered}),
		startResets,
		url,
		page,
		drift,
		proposed,
		healthy: page?.good ?? false,
		mask: known ? masker(known.settings) : maskLooks,
	};
};
