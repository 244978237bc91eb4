import type {Mac} from '../../platform/facts.ts';
import {daemonPath, domains, serviceTarget, type Domain} from '../../platform/macos/launchctl.ts';
import type {Action} from '../action.ts';
import {isWithin} from '../place.ts';
import type {Left, Remover} from '../remover.ts';
import {switchOnActions} from './agent-actions.ts';
import {refusalsOn} from './advice.ts';
import {logFile} from './log-file.ts';

interface Place {
	readonly domain: Domain;
	/** The file that launchd has it from; undefined: it does not say. */
	readonly path: string | undefined;
	/** Whether launchd is sure to have it there: what it does not answer for may be loaded all the same. */
	readonly isLoaded: boolean;
}

const placesOn = ({mac: {agents}}: Mac): readonly Place[] =>
	domains.flatMap((domain): readonly Place[] => {
		const found = agents[domain];
		if (found.known === 'loaded') return [{domain, path: found.agent.path, isLoaded: true}];
		return found.known === 'unknown' ? [{domain, path: undefined, isLoaded: false}] : [];
	});

/** The file of ours that a place has its service from, or may have it from. */
const ownFile = (files: readonly string[], {domain, path}: Place): string | undefined =>
	files.find((file) =>
		path === undefined ? (file === daemonPath) === (domain === 'system') : file === path,
	);

/** Where the switches are that concern these files: the gui domain has one with the background. */
const switchedIn = (files: readonly string[]): readonly Domain[] => [
	...(files.some((file) => file !== daemonPath) ? (['gui'] as const) : []),
	...(files.includes(daemonPath) ? (['system'] as const) : []),
];

/**
 * Out of each domain that has it, and its name free, before its file goes. What is switched off is switched on first:
 * the switch outlives the service, and would keep the next one from starting (launchctl(1), disable).
 */
const retire = (facts: Mac, files: readonly string[]): readonly Action[] => [
	...switchedIn(files).flatMap((domain) =>
		switchOnActions(facts, {domain}).map((action) => ({
			...action,
			why: 'it is switched off, which would outlive it',
		})),
	),
	...placesOn(facts).flatMap((place): readonly Action[] => {
		const path = ownFile(files, place);
		if (path === undefined) return [];
		const why = 'the service ends, and launchd forgets it';
		return [{does: 'unload-agent', domain: place.domain, uid: facts.user.uid, path, why}];
	}),
];

/** launchd looks for itself into the folders of agents and of daemons, and into no others. */
const keptService = ({folders}: Mac, path: string): string => {
	if (path === daemonPath) return 'launchd loads it again when the Mac starts';
	return isWithin(path, folders.services)
		? 'launchd loads it again at the next login at the screen'
		: 'launchd does not load it by itself';
};

const strangers = (facts: Mac, files: readonly string[]): readonly Left[] =>
	placesOn(facts)
		.filter((place) => place.isLoaded && ownFile(files, place) === undefined)
		.map(({domain, path}) => ({
			path,
			what: `the file of a service that vira-setup did not load: ${serviceTarget(domain, facts.user.uid)}`,
		}));

/** Nobody loads a file of the background or, until the next boot, a daemon; without a session an agent waits for one. */
const isLive = (facts: Mac): boolean =>
	placesOn(facts).length > 0 || (facts.mac.files.gui !== undefined && facts.mac.screen.session !== 'there');

/** How a launchd agent, or a daemon, is removed. */
export const removerOn = (facts: Mac): Remover => ({
	refusals: refusalsOn(facts).filter(({code}) => ['root', 'launchd-unclear', 'tool-unusable'].includes(code)),
	isLive: isLive(facts),
	readTies: async () => ({startLink: undefined, lingeringFor: [], dropIns: []}),
	retire: (files) => (files.length > 0 ? retire(facts, files) : []),
	afterDelete: undefined,
	keptService: (path) => keptService(facts, path),
	forget: [],
	lingerOff: [],
	log: {file: logFile(facts)},
	strangers: (files) => strangers(facts, files),
});
