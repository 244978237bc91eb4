import type {Mac} from '../../platform/facts.ts';
import {exitCode} from '../../errors.ts';
import {isDraining, isStale, isSwitchedOff, loadedIn} from '../../platform/macos/agents.ts';
import {commands, domains, type Domain} from '../../platform/macos/launchctl.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action, Run} from '../action.ts';
import type {Need} from '../manager.ts';

/** Whether launchd can have the service now: a session at the screen has to be there for it, the other domains always are. */
export const canRunNow = ({mac}: Mac, {domain}: Settings): boolean =>
	domain !== 'gui' || mac.screen.session === 'there';

/** The file that the service in a domain comes from. */
export const fileFor = ({serviceFiles}: Mac, domain: Domain): string =>
	serviceFiles[domains.indexOf(domain)] ?? serviceFiles[0];

/** launchd holds the text that it was given once: out with the service before its file changes (launchctl(1)). */
export const unloadActions = (facts: Mac): readonly Action[] =>
	loadedIn(facts.mac.agents).map((domain): Action => {
		const found = facts.mac.agents[domain];
		return {
			does: 'unload-agent',
			domain,
			uid: facts.user.uid,
			path: (found.known === 'loaded' ? found.agent.path : undefined) ?? fileFor(facts, domain),
			why: 'the service ends before its file changes',
		};
	});

/** launchd has it where the settings do not want it, or from another file: two of it would run, or another one. */
export const isAstray = (facts: Mac, {domain}: Settings): boolean =>
	loadedIn(facts.mac.agents).some((one) => {
		const found = facts.mac.agents[one];
		if (found.known !== 'loaded') return false;
		return one !== domain || (!isDraining(found.agent) && found.agent.path !== fileFor(facts, domain));
	});

/**
 * What somebody has switched off would be refused now, and at every login or boot. The store is one for both domains
 * of a person; the background is there without a screen (launchctl(1), enable).
 */
export const switchOnActions = ({mac, user}: Mac, {domain}: Pick<Settings, 'domain'>): readonly Run[] => {
	// Where launchd does not say, it is switched on as it is loaded (perform-agent.ts).
	if (isSwitchedOff(mac, domain) !== true) return [];
	const store = domain === 'system' ? 'system' : 'user';
	return [
		{
			does: 'run',
			command: commands.enable(store, user.uid),
			undo: commands.disable(store, user.uid),
			...(store === 'system' && {asRoot: true}),
			why: 'the service is switched off, and launchd would refuse it',
			onFailure: {what: 'launchd did not switch the service on.', code: exitCode.refused},
		},
	];
};

/** What launchd may hold on to. */
export const becauseReplaced = 'launchd lets go of the code signature that the program had';

const isRunning = ({service}: Mac): boolean => service.active === 'active';

/** Loaded and running, from whatever state it is in; for a screen that nobody is at, the file alone is enough. */
export const loadActions = (facts: Mac, settings: Settings, {restart}: Need): readonly Action[] => {
	if (!canRunNow(facts, settings) || (!restart && isRunning(facts))) return [];
	const {domain} = settings;
	const found = facts.mac.agents[domain];
	const isLoaded = !restart && found.known === 'loaded' && !isDraining(found.agent);
	const reloading = isLoaded && isStale(found.agent) ? unloadActions(facts) : [];
	const wasLoaded = isLoaded && reloading.length === 0;
	return [
		...reloading.map((action) => ({...action, why: becauseReplaced})),
		{
			does: 'load-agent',
			domain,
			uid: facts.user.uid,
			path: fileFor(facts, domain),
			why: wasLoaded ? 'launchd starts the service' : 'launchd takes the service, and starts it',
			...(wasLoaded && {wasLoaded}),
		},
	];
};
