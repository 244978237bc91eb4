import {exitCode, type Failure} from '../../errors.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action} from '../actions/action.ts';
import type {Mac} from './facts.ts';
import type {ExistingFiles} from '../installed/situation.ts';
import {skim} from '../paths.ts';
import {toolFailure, type ByHand} from '../service-manager/manager-parts.ts';
import {
	asRequested,
	fileGone,
	itsFileIsGone,
	noAutomaticStart,
	type NextStart,
} from '../service-manager/service-words.ts';
import type {System} from '../system.ts';
import {
	becauseReplaced,
	canRunNow,
	fileFor,
	isRunning,
	placeIn,
	switchOnActions,
	unloadActions,
} from './agent/agent-actions.ts';
import {agentIn, isDraining, isStale, isSwitchedOff, loadedAgents, loadedIn} from './agent/agent-state.ts';
import {isTrusted, programInAgent} from './agent/launch-agent.ts';
import {persistenceOf} from './boot-behavior.ts';
import {diagnose} from './diagnosis/diagnose.ts';
import {afterReboot, atLogin, loadedUnknown, loginThenLock, unclearAnswer} from './diagnosis/diagnosis.ts';
import {domains, trial, type Domain} from './launchctl.ts';

/** The first domain in which the service is loaded; if there is none, the domain that it belongs to. */
const domainOf = (facts: Mac, settings: Settings | undefined): Domain =>
	loadedIn(facts.mac.agents)[0] ??
	settings?.domain ??
	domains.find((one) => facts.mac.files[one] !== undefined) ??
	'gui';

const isLoaded = ({mac}: Mac, domain: Domain): boolean => {
	const agent = agentIn(mac.agents, domain);
	return agent !== undefined && !isDraining(agent);
};

/** Only if launchd would load its file again: a service that is unloaded and then refused would be worse. */
const isStaleIn = (facts: Mac, domain: Domain): boolean => {
	const {agents, files} = facts.mac;
	const [agent, file] = [agentIn(agents, domain), files[domain]];
	if (!agent || !file || !isStale(agent) || file.path !== agent.path) return false;
	return isTrusted(facts, domain, file);
};

/** Unloads it, and loads it with the program that is there now. */
const reloaded = (facts: Mac, domain: Domain): readonly Action[] => [
	...unloadActions(facts).map((action) => ({...action, why: becauseReplaced})),
	...switchOnActions(facts, {domain}),
	{does: 'load-agent', ...placeIn(facts, domain), why: asRequested},
];

const startActions = (facts: Mac, settings: Settings): readonly Action[] => {
	if (isRunning(facts)) return [];
	const domain = domainOf(facts, settings);
	const wasLoaded = isLoaded(facts, domain);
	if (wasLoaded && isStaleIn(facts, domain)) return reloaded(facts, domain);
	return [
		...switchOnActions(facts, {domain}),
		{does: 'load-agent', ...placeIn(facts, domain), why: asRequested, ...(wasLoaded && {wasLoaded})},
	];
};

const restartActions = (facts: Mac, settings: Settings): readonly Action[] => {
	const domain = domainOf(facts, settings);
	if (!isRunning(facts) || !isLoaded(facts, domain)) return startActions(facts, settings);
	return isStaleIn(facts, domain)
		? reloaded(facts, domain)
		: [{does: 'restart-agent', ...placeIn(facts, domain), why: asRequested}];
};

/** launchd may start later, without being asked, what it has postponed. */
const mayStart = ({mac}: Mac): boolean => loadedAgents(mac.agents).some(({pended}) => pended);

/** As loaded; if it is not loaded, as its file says, which launchd reads before a start. */
const readProgram = async (
	system: System,
	facts: Mac,
	{files}: ExistingFiles,
): Promise<string | undefined> => {
	const path = fileFor(facts, domainOf(facts, undefined));
	const {program, waitsForStore} =
		loadedAgents(facts.mac.agents)[0]?.needs ??
		programInAgent(files.get(path)?.content ?? (await skim(system, path)) ?? '');
	// A program in the Nix store is not missing while the store is not mounted and the service waits for it.
	return waitsForStore && !facts.mac.nixMounted ? undefined : program;
};

const stopActions = (facts: Mac): readonly Action[] =>
	['active', 'activating', 'deactivating'].includes(facts.service.active) || mayStart(facts)
		? unloadActions(facts).map((action) => ({...action, why: asRequested}))
		: [];

const noSession = ({user}: Mac): Failure => ({
	message: `${user.name} has no desktop session: launchd starts the service only in one.`,
	fixes: [loginThenLock, {say: 'runs it now, until the next reboot', command: 'vira-setup --domain user'}],
	exit: exitCode.unsuitable,
});

const cannotStart = (facts: Mac, settings: Settings): Failure | undefined => {
	const domain = domainOf(facts, settings);
	if (isLoaded(facts, domain)) return undefined;
	if (!canRunNow(facts, {domain})) return noSession(facts);
	return facts.mac.files[domain] ? undefined : fileGone(fileFor(facts, domain));
};

const unclear = (facts: Mac): Failure => ({
	...(diagnose(facts) ?? {message: loadedUnknown, detail: unclearAnswer}),
	exit: exitCode.refused,
});

const afterPassword = 'It starts after a reboot as soon as someone enters the FileVault password.';

/** After it has been stopped. */
const whenNext = (facts: Mac, domain: Domain): NextStart => {
	if (isSwitchedOff(facts.mac, domain) === true) return noAutomaticStart('it is disabled on this Mac');
	if (!facts.mac.files[domain]) return noAutomaticStart(itsFileIsGone);
	if (domain === 'user') return noAutomaticStart('only vira-setup starts it');
	if (domain === 'system' && facts.mac.fileVault === true) return {when: 'boot', message: afterPassword};
	if (domain === 'system' || persistenceOf(facts, {domain}).startsAtBoot === true)
		return {when: 'boot', message: afterReboot};
	return {when: 'login', message: `It starts again ${atLogin}.`};
};

const nextStart = (facts: Mac, domain: Domain): NextStart => {
	const next = whenNext(facts, domain);
	if (next.when === 'never' || isSwitchedOff(facts.mac, domain) !== undefined) return next;
	const message = next.message.replace(/\.$/u, ', unless it is disabled: launchd did not report that.');
	return {...next, message};
};

/** A launchd agent or daemon, started and stopped on request. */
export const launchdByHand = (facts: Mac): ByHand => ({
	cannotStart: (settings) => cannotStart(facts, settings),
	program: (system, existing) => readProgram(system, facts, existing),
	asPlaced: (settings) => ({...settings, domain: domainOf(facts, settings)}),
	unmask: [],
	start: (settings) => startActions(facts, settings),
	restart: (settings) => restartActions(facts, settings),
	stop: stopActions(facts),
	whyUnknown: async () => toolFailure(facts, trial) ?? unclear(facts),
	nextStart: (settings) => nextStart(facts, domainOf(facts, settings)),
});
