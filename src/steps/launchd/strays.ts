import type {Mac} from '../../platform/facts.ts';
import {isDraining, loadedIn} from '../../platform/macos/agents.ts';
import {domainTarget, type Domain} from '../../platform/macos/launchctl.ts';
import type {Settings} from '../../settings/options.ts';
import {fileFor} from './agent-actions.ts';

/** Where launchd has the service otherwise than the settings want it: a sentence for each domain. */
export const straysOf = (facts: Mac, {domain}: Settings): readonly string[] => {
	const {mac, user} = facts;
	const wanted = fileFor(facts, domain);
	const nameOf = (one: Domain): string => domainTarget(one, user.uid);
	return loadedIn(mac.agents).flatMap((one) => {
		const found = mac.agents[one];
		if (found.known !== 'loaded' || isDraining(found.agent)) return [];
		if (one !== domain)
			return [`launchd has the service in ${nameOf(one)}; the settings want it in ${nameOf(domain)}.`];
		const {path = 'another file'} = found.agent;
		return path === wanted ? [] : [`launchd has the service from ${path}, not from ${wanted}.`];
	});
};
