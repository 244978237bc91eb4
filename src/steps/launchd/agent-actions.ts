import type {Mac} from '../../platform/facts.ts';
import {loadedIn} from '../../platform/macos/agents.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action} from '../action.ts';
import type {Need} from '../manager.ts';

/** Whether launchd can have the service now: a session at the screen has to be there for it, the background always is. */
export const canRunNow = ({mac}: Mac, {domain}: Settings): boolean =>
	domain !== 'gui' || mac.screen.session === 'there';

/** The file that a loaded agent came from, by the domain it is in. */
export const fileFor = ({serviceFiles}: Mac, domain: Settings['domain']): string =>
	(domain === 'user' ? serviceFiles[1] : undefined) ?? serviceFiles[0];

/** launchd holds the text that it was given once: out with the service before its file changes (launchctl(1)). */
export const unloadActions = (facts: Mac): readonly Action[] =>
	loadedIn(facts.mac.agents).flatMap((domain): readonly Action[] => {
		// A daemon is the machine's own, and no plan of ours has made one.
		if (domain === 'system') return [];
		const agent = facts.mac.agents[domain];
		const path = (agent.known === 'loaded' ? agent.agent.path : undefined) ?? fileFor(facts, domain);
		return [
			{
				does: 'unload-agent',
				domain,
				uid: facts.user.uid,
				path,
				why: 'the service ends before its file changes',
			},
		];
	});

const isRunning = ({service}: Mac): boolean => service.active === 'active' || service.active === 'activating';

/** Loaded and running, from whatever state it is in; for a screen that nobody is at, the file alone is enough. */
export const loadActions = (facts: Mac, settings: Settings, {restart}: Need): readonly Action[] => {
	if (!canRunNow(facts, settings) || (!restart && isRunning(facts))) return [];
	const {domain} = settings;
	return [
		{
			does: 'load-agent',
			domain,
			uid: facts.user.uid,
			path: fileFor(facts, domain),
			why: 'launchd takes the service, and starts it',
		},
	];
};
