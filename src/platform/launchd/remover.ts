import type {Action} from '../actions/action.ts';
import type {Mac} from './facts.ts';
import {isWithin} from '../paths.ts';
import type {Leftover, Remover} from '../service-manager/manager-parts.ts';
import {agentIn} from './agent/agent-state.ts';
import {refusalsOn} from './advice.ts';
import {switchOnActions} from './agent/agent-actions.ts';
import {atLogin} from './diagnosis/diagnosis.ts';
import {daemonPath, domains, serviceTarget, type Domain} from './launchctl.ts';
import {logFile} from './log-file.ts';

interface LoadedPlace {
	readonly domain: Domain;
	/** The file from which it was loaded. Undefined: launchd does not report it. */
	readonly path: string | undefined;
	/** Whether it is known to be loaded: without an answer from launchd, it may be loaded. */
	readonly isLoaded: boolean;
}

const placesOn = ({mac: {agents}}: Mac): readonly LoadedPlace[] =>
	domains
		.filter((domain) => agents[domain].known !== 'not-loaded')
		.map((domain) => ({
			domain,
			path: agentIn(agents, domain)?.path,
			isLoaded: agents[domain].known === 'loaded',
		}));

/** Our file from which the service was loaded, or may have been. */
const ownFile = (files: readonly string[], {domain, path}: LoadedPlace): string | undefined =>
	files.find((file) =>
		path === undefined ? (file === daemonPath) === (domain === 'system') : file === path,
	);

/**
 * Unloads it from each domain before its file is deleted. A disabled service is enabled first: the entry would outlive
 * the service and keep the next one from starting (launchctl(1), disable).
 */
const retire = (facts: Mac, files: readonly string[]): readonly Action[] => [
	...[
		// gui and user share one list of what is disabled.
		...(files.some((file) => file !== daemonPath) ? switchOnActions(facts, {domain: 'gui'}) : []),
		...(files.includes(daemonPath) ? switchOnActions(facts, {domain: 'system'}) : []),
	].map((action) => ({
		...action,
		why: 'remove the disabled entry, which would also apply to a new service',
	})),
	...placesOn(facts).flatMap((place): readonly Action[] => {
		const path = ownFile(files, place);
		if (path === undefined) return [];
		const why = 'stop the service and unload it';
		return [{does: 'unload-agent', domain: place.domain, uid: facts.user.uid, path, why}];
	}),
];

/** launchd automatically loads the files in the folders of agents and of daemons, and no others. */
const keptService = ({folders}: Mac, path: string): string => {
	if (path === daemonPath) return 'launchd loads it again after a reboot';
	return isWithin(path, folders.services)
		? `launchd loads it again ${atLogin}`
		: 'launchd does not load it automatically';
};

const strangers = (facts: Mac, files: readonly string[]): readonly Leftover[] =>
	placesOn(facts)
		.filter((place) => place.isLoaded && ownFile(files, place) === undefined)
		.map(({domain, path}) => ({
			path,
			what: `the file of a service that vira-setup did not load: ${serviceTarget(domain, facts.user.uid)}`,
		}));

/** launchd never loads a file of the user domain, and a daemon only at boot; without a session, an agent waits for one. */
const isLive = (facts: Mac): boolean =>
	placesOn(facts).length > 0 || (facts.mac.files.gui !== undefined && facts.mac.screen.session !== 'there');

/** How a launchd agent, or a daemon, is removed. */
export const launchdRemover = (facts: Mac): Remover => ({
	refusals: refusalsOn(facts).filter(({code}) => ['root', 'launchd-unclear', 'tool-unusable'].includes(code)),
	isLive: isLive(facts),
	readTies: async () => ({startLink: undefined, lingeringFor: [], dropIns: []}),
	retire: (files) => (files.length > 0 ? retire(facts, files) : []),
	afterDelete: undefined,
	keptService: (path) => keptService(facts, path),
	forget: [],
	mayDisableLinger: () => false,
	lingerOff: [],
	lingering: () => [],
	stillLingering: undefined,
	log: {file: logFile(facts)},
	strangers: (files) => strangers(facts, files),
});
