import type {Mac} from '../facts.ts';
import {fileMissing} from '../../service-manager/service-words.ts';
import {fileFor} from '../agent/agent-actions.ts';
import {agentIn, isDraining, isSwitchedOff, loadedIn} from '../agent/agent-state.ts';
import {domains, type Domain, type LoadedAgent} from '../launchctl.ts';
import {diagnoseAbsent, switchedOff} from './diagnose-absent.ts';
import {diagnoseIdle} from './diagnose-idle.ts';
import {byRepair, byStart, type Diagnosis} from './diagnosis.ts';

const twice: Diagnosis = {
	code: 'loaded-twice',
	message: 'launchd has loaded the service twice, in two domains.',
	detail: 'Both try to use the same port. vira-setup unloads both and loads one.',
	...byRepair,
};

const ending: Diagnosis = {
	code: 'ending',
	message: 'Vira is stopping and has not exited yet.',
	detail: 'launchd can load it again only after that. vira-setup start waits up to 30 seconds for it.',
	...byStart,
};

const waitsForStore: Diagnosis = {
	code: 'waits-for-store',
	message: 'Vira is waiting for the Nix store, which is not mounted.',
	detail: 'It starts when the store is mounted. After a reboot, this can take a minute.',
	fixes: [{say: 'If it is still not mounted then, restart the Mac.'}],
	fixedBy: 'itself',
};

const otherFile = (path: string): Diagnosis => ({
	code: 'other-file',
	message: `launchd loaded the service from another file: ${path}.`,
	detail: 'It uses that file, not the one that vira-setup wrote.',
	...byRepair,
});

const otherDomain = (domain: Domain): Diagnosis => ({
	code: 'other-domain',
	message: `launchd has loaded the service in the domain ${domain}, but the settings name another.`,
	detail: 'It starts and stops at other times than the settings say.',
	...byRepair,
});

/** launchd looks for files at a desktop login and at boot. */
const fileGoneDiagnosis = (domain: Domain, path: string, loaded: boolean): Diagnosis => ({
	code: 'file-gone',
	message: fileMissing(path),
	detail: loaded
		? `launchd keeps using the copy that it has loaded until ${domain === 'gui' ? 'your next desktop login' : 'the next reboot'}.`
		: 'launchd has not loaded the service, and cannot start it without this file.',
	...byRepair,
});

/** The service was loaded from something else than what was set up. */
const astray = (facts: Mac, domain: Domain, {path}: LoadedAgent): Diagnosis | undefined => {
	if (path === undefined) return undefined;
	if (path !== fileFor(facts, domain)) return otherFile(path);
	return facts.mac.files[domain] ? undefined : fileGoneDiagnosis(domain, path, true);
};

const diagnoseRunning = (facts: Mac, domain: Domain, {needs}: LoadedAgent): Diagnosis | undefined => {
	// A running Vira prevents the store from being unmounted: the process is then the shell that waits for it.
	if (needs.waitsForStore && !facts.mac.nixMounted) return waitsForStore;
	return isSwitchedOff(facts.mac, domain) === true ? switchedOff(facts, true) : undefined;
};

/** In this state, launchd is creating a process that has no PID yet. */
const isBeingCreated = ({state}: LoadedAgent): boolean => state === 'spawning' || state === 'xpcproxy';

const diagnoseLoaded = (facts: Mac, domain: Domain, agent: LoadedAgent): Diagnosis | undefined =>
	astray(facts, domain, agent) ??
	(agent.pid !== undefined || isBeingCreated(agent)
		? diagnoseRunning(facts, domain, agent)
		: diagnoseIdle(facts, domain, agent));

/**
 * The problem of the service on this Mac, from what launchd reports and from its files, as far as they can be read
 * without privileges. Undefined if it is not set up or is running; whether Vira responds is not checked. `wanted` is the
 * domain in which it was set up; without it, the domain is derived from where its file is.
 */
export const diagnose = (facts: Mac, wanted?: Domain): Diagnosis | undefined => {
	const {agents, files} = facts.mac;
	const loaded = loadedIn(agents);
	if (loaded.length > 1) return twice;
	const domain = loaded[0] ?? wanted ?? domains.find((one) => files[one] !== undefined);
	if (domain === undefined) return undefined;
	const agent = agentIn(agents, domain);
	const file = files[domain];
	if (!agent && file) return diagnoseAbsent(facts, domain, file);
	if (!agent) return wanted && fileGoneDiagnosis(domain, fileFor(facts, domain), false);
	if (isDraining(agent)) return ending;
	if (wanted !== undefined && domain !== wanted) return otherDomain(domain);
	return diagnoseLoaded(facts, domain, agent);
};
