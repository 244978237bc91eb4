import {urlOf} from '../../platform/address.ts';
import type {Facts, ServiceState} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import type {Vitals} from '../../platform/vitals.ts';
import {masker} from '../../settings/secrets.ts';
import {findInstallation, type Installation} from '../installation.ts';
import type {Diagnosed, Persistence} from '../manager.ts';
import {managerOf} from '../managers.ts';
import type {Finding} from '../progress.ts';
import {askPage} from '../verify.ts';
import {findDrift, type Drift} from './drift.ts';

/** All that there is to tell of the service, as it was seen. */
export interface Status {
	readonly facts: Facts;
	readonly installation: Installation;
	readonly service: ServiceState;
	readonly vitals: Vitals;
	readonly persistence: Persistence;
	/** What is the matter with it, if anything is. */
	readonly diagnosis: Diagnosed | undefined;
	/** undefined: the settings are not known. */
	readonly url: string | undefined;
	/** undefined: it was not asked, for nothing of ours runs. */
	readonly page: Finding | undefined;
	readonly drift: readonly Drift[];
	/** Whether it runs, and its page answers. */
	readonly healthy: boolean;
	/** Hides the secrets of the settings in any text about them. */
	readonly mask: (text: string) => string;
}

/** Looks at all there is to tell. Reads only, and complains of nothing. */
export const survey = async (system: System, facts: Facts): Promise<Status> => {
	const manager = managerOf(facts);
	const {service} = facts;
	const installation = await findInstallation(system, facts);
	const known = installation.is === 'there' ? installation : undefined;
	const url = known && urlOf(known.settings);
	const [vitals, persistence, page, drift] = await Promise.all([
		manager.readVitals(system, service),
		manager.readPersistence(system, service),
		url !== undefined && service.active === 'active' ? askPage(system, url) : undefined,
		known ? findDrift(system, facts, known) : [],
	]);
	return {
		facts,
		installation,
		service,
		vitals,
		persistence,
		diagnosis: manager.diagnose(known?.settings),
		url,
		page,
		drift,
		healthy: page?.good ?? false,
		mask: known ? masker(known.settings) : (text) => text,
	};
};
