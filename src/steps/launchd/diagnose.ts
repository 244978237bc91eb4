import type {Mac} from '../../platform/facts.ts';
import {isDraining, isSwitchedOff, loadedIn} from '../../platform/macos/agents.ts';
import {domains, type Domain, type LoadedAgent} from '../../platform/macos/launchctl.ts';
import {fileFor} from './agent-actions.ts';
import {diagnoseAbsent, switchedOff} from './diagnose-absent.ts';
import {diagnoseIdle} from './diagnose-idle.ts';
import {nextStart, setUpAgain, startIt, type Diagnosis} from './diagnosis.ts';

const twice: Diagnosis = {
	code: 'loaded-twice',
	title: 'launchd has the service twice, in two of its domains.',
	detail: 'The two fight over one port; vira-setup takes both out and loads one.',
	fixes: [setUpAgain],
	fixedBy: 'us',
};

const ending: Diagnosis = {
	code: 'ending',
	title: 'Vira was told to end, and has not ended yet.',
	detail: 'launchd takes it again only then. A start waits for that, for 30 seconds at most.',
	fixes: [startIt],
	fixedBy: 'us',
};

const waitsForStore: Diagnosis = {
	code: 'waits-for-store',
	title: 'Vira waits for the Nix store, which is not mounted.',
	detail: 'It starts by itself once it is; after a start of the Mac that can take a minute.',
	fixes: ['If it stays away, restart the Mac.'],
	fixedBy: 'itself',
};

const diagnoseRunning = (facts: Mac, domain: Domain, {needs}: LoadedAgent): Diagnosis | undefined => {
	const {mac} = facts;
	// A Vira that runs keeps the store from being unmounted: what has a process then is the shell that waits.
	if (needs.waitsForStore && !mac.nixMounted) return waitsForStore;
	return isSwitchedOff(mac, domain) === true ? switchedOff(facts, true) : undefined;
};

const otherFile = (path: string): Diagnosis => ({
	code: 'other-file',
	title: `launchd has the service from another file: ${path}.`,
	detail: 'It goes by that, and not by what was set up with vira-setup.',
	fixes: [setUpAgain],
	fixedBy: 'us',
});

const otherDomain = (domain: Domain): Diagnosis => ({
	code: 'other-domain',
	title: `launchd has the service in its domain ${domain}, and the settings name another.`,
	detail: 'It starts and stops at other times than it should.',
	fixes: [setUpAgain],
	fixedBy: 'us',
});

/** launchd looks for files when somebody logs in at the screen, and when the Mac starts. */
const fileGone = (domain: Domain, path: string, loaded: boolean): Diagnosis => ({
	code: 'file-gone',
	title: `The file of the service is gone: ${path}.`,
	detail: loaded
		? `launchd goes on with what it has read, and forgets it ${nextStart[domain] ?? 'at the next start of the Mac'}.`
		: 'launchd does not have the service, and cannot start it without.',
	fixes: [setUpAgain],
	fixedBy: 'us',
});

/** From what launchd has the service, where that is not what was set up. */
const astray = (facts: Mac, domain: Domain, {path}: LoadedAgent): Diagnosis | undefined => {
	if (path === undefined) return undefined;
	if (path !== fileFor(facts, domain)) return otherFile(path);
	return facts.mac.files[domain] ? undefined : fileGone(domain, path, true);
};

/** In this state, launchd is making a process and has no number for it yet. */
const isStarting = ({state}: LoadedAgent): boolean => state === 'spawning' || state === 'xpcproxy';

const agentIn = ({mac}: Mac, domain: Domain): LoadedAgent | undefined => {
	const found = mac.agents[domain];
	return found.known === 'loaded' ? found.agent : undefined;
};

const diagnoseLoaded = (facts: Mac, domain: Domain, agent: LoadedAgent): Diagnosis | undefined =>
	astray(facts, domain, agent) ??
	(agent.pid !== undefined || isStarting(agent)
		? diagnoseRunning(facts, domain, agent)
		: diagnoseIdle(facts, domain, agent));

/**
 * What is the matter with the service on this Mac, by what launchd says of it and what can be seen of its files without
 * privilege; undefined where it is not set up, or runs. Whether Vira answers is not asked. `wanted` is the domain in
 * which it was set up; without it, that is taken from where its file is.
 */
export const diagnose = (facts: Mac, wanted?: Domain): Diagnosis | undefined => {
	const {agents, files} = facts.mac;
	const loaded = loadedIn(agents);
	if (loaded.length > 1) return twice;
	const domain = loaded[0] ?? wanted ?? domains.find((one) => files[one] !== undefined);
	if (domain === undefined) return undefined;
	const agent = agentIn(facts, domain);
	const file = files[domain];
	if (!agent && file) return diagnoseAbsent(facts, domain, file);
	if (!agent) return wanted && fileGone(domain, fileFor(facts, domain), false);
	if (isDraining(agent)) return ending;
	if (wanted !== undefined && domain !== wanted) return otherDomain(domain);
	return diagnoseLoaded(facts, domain, agent);
};
