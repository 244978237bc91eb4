import {exitCode} from '../../../errors.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Action} from '../../actions/action.ts';
import type {RunCommand} from '../../actions/run-command.ts';
import type {Mac} from '../facts.ts';
import type {Need} from '../../service-manager/service-manager.ts';
import {beforeFileChanges} from '../../service-manager/service-words.ts';
import {launchctlCommands, domains, type Domain} from '../launchctl.ts';
import {agentIn, isDraining, isStale, isSwitchedOff, loadedIn} from './agent-state.ts';
import type {AgentPlace} from './unload-agent.ts';

/** Whether launchd can load the service now: gui needs a desktop session, the other domains always exist. */
export const canRunNow = ({mac}: Mac, {domain}: Pick<Settings, 'domain'>): boolean =>
	domain !== 'gui' || mac.screen.session === 'there';

/** The service file of a domain. */
export const fileFor = ({serviceFiles}: Mac, domain: Domain): string =>
	serviceFiles[domains.indexOf(domain)] ?? serviceFiles[0];

/** Where the service is in a domain: loaded from a file, or to be loaded from the usual one. */
export const placeIn = (facts: Mac, domain: Domain): AgentPlace => {
	const path = agentIn(facts.mac.agents, domain)?.path ?? fileFor(facts, domain);
	return {domain, uid: facts.user.uid, path};
};

/** launchd keeps the text that it has loaded, so the service is unloaded before its file changes (launchctl(1)). */
export const unloadActions = (facts: Mac): readonly Action[] =>
	loadedIn(facts.mac.agents).map((domain) => ({
		does: 'unload-agent',
		...placeIn(facts, domain),
		why: beforeFileChanges,
	}));

/** It is loaded in another domain or from another file: two services would run, or the wrong one. */
export const isAstray = (facts: Mac, {domain}: Settings): boolean =>
	domains.some((one) => {
		const agent = agentIn(facts.mac.agents, one);
		if (!agent) return false;
		return one !== domain || (!isDraining(agent) && agent.path !== fileFor(facts, domain));
	});

/**
 * launchd refuses a disabled service now and at every login or boot. Both domains of a person share one list; the
 * user domain exists without a desktop session (launchctl(1), enable).
 */
export const switchOnActions = (
	{mac, user}: Mac,
	{domain}: Pick<Settings, 'domain'>,
): readonly RunCommand[] => {
	// If launchd does not report it, the service is enabled when it is loaded (load-agent.ts).
	if (isSwitchedOff(mac, domain) !== true) return [];
	const store = domain === 'system' ? 'system' : 'user';
	return [
		{
			does: 'run',
			command: launchctlCommands.enable(store, user.uid),
			title: 'Enable the service',
			undo: launchctlCommands.disable(store, user.uid),
			undoTitle: 'Disable the service',
			...(store === 'system' && {asRoot: true}),
			why: 'enable the service, because launchd refuses a disabled one',
			onFailure: {message: 'launchd did not enable the service.', exit: exitCode.refused},
		},
	];
};

/** launchd may keep the signature that a program had when the service was loaded. */
export const becauseReplaced = 'make launchd forget the code signature of the previous program';

export const isRunning = ({service}: Mac): boolean => service.active === 'active';

/** Loads and starts it from any state. Without a desktop session, the file in its folder is enough. */
export const loadActions = (facts: Mac, settings: Settings, {restart}: Need): readonly Action[] => {
	if (!canRunNow(facts, settings) || (!restart && isRunning(facts))) return [];
	const {domain} = settings;
	const agent = agentIn(facts.mac.agents, domain);
	const isLoaded = !restart && agent !== undefined && !isDraining(agent);
	const reloading = isLoaded && isStale(agent) ? unloadActions(facts) : [];
	const wasLoaded = isLoaded && reloading.length === 0;
	return [
		...reloading.map((action) => ({...action, why: becauseReplaced})),
		{
			does: 'load-agent',
			domain,
			uid: facts.user.uid,
			path: fileFor(facts, domain),
			why: wasLoaded ? 'start the service' : 'load the service and start it',
			...(wasLoaded && {wasLoaded}),
		},
	];
};
