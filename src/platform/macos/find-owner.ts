import type {AgentOwner} from '../facts.ts';
import {inStore} from '../find-installed.ts';
import {look, skim} from '../look.ts';
import {stateHome} from '../own-folders.ts';
import type {Inspected, System} from '../system.ts';
import {daemonPath, label} from './launchctl.ts';

const fileName = `${label}.plist`;

/** The mode of every agent that Home Manager copies out of the store (modules/launchd/default.nix). */
const copyMode = 0o444;

/**
 * The links by which Home Manager keeps a person's generation. The first that is there is the one that it goes by
 * itself: every activation leaves `current-home` behind (modules/lib-bash/activation-init.sh), below /nix/var before
 * 2023; the profile is the last word where that link is not wanted (`home.activationGenerateGcRoot`).
 */
const generationLinks = (system: System): readonly string[] => {
	const {name, home} = system.user;
	const folders = [...new Set([stateHome(system), `${home}/.local/state`])];
	return [
		...folders.map((folder) => `${folder}/home-manager/gcroots/current-home`),
		`/nix/var/nix/gcroots/per-user/${name}/current-home`,
		...folders.map((folder) => `${folder}/nix/profiles/home-manager`),
		`/nix/var/nix/profiles/per-user/${name}/home-manager`,
	];
};

interface Generation {
	readonly link: string;
	/** The agent of our name that it has: one of launchd.agents, or a file of the person's own. */
	readonly agent: string | undefined;
}

const firstThere = async (system: System, paths: readonly string[]): Promise<string | undefined> => {
	const found = await Promise.all(paths.map((path) => look(system, path)));
	return paths.find((_, index) => found[index]?.leadsTo !== undefined);
};

/** A generation without the agent has let go of it, whatever still lies in the folder of the agents. */
const currentGeneration = async (system: System): Promise<Generation | undefined> => {
	const link = await firstThere(system, generationLinks(system));
	if (link === undefined) return undefined;
	const places = ['LaunchAgents', 'home-files/Library/LaunchAgents'];
	return {
		link,
		agent: await firstThere(
			system,
			places.map((place) => `${link}/${place}/${fileName}`),
		),
	};
};

/** The generation that nix-darwin has switched to; it copies these to the same places, without `user` in the way. */
const inDarwin = (folder: string): string => `/run/current-system${folder}/${fileName}`;

/** It has one list of agents for whoever the Mac's primary user is: whether that is us, the copy itself tells. */
const isDarwins = async (system: System, agent: Inspected | undefined, path: string): Promise<boolean> => {
	if (!agent?.readable || agent.leadsTo !== 'file') return false;
	const [ours, theirs] = await Promise.all([
		skim(system, path),
		skim(system, inDarwin('/user/Library/LaunchAgents')),
	]);
	return ours !== undefined && ours === theirs;
};

const throughLink = ({kind, linksTo, realPath}: Inspected): string | undefined =>
	kind === 'link'
		? (realPath ?? linksTo)
		: realPath !== undefined && inStore(realPath)
			? realPath
			: undefined;

/** Without the store nothing can be told of a link into it, nor of a copy while Home Manager is in use. */
const isUnseen = async (system: System, agent: Inspected): Promise<boolean> => {
	if (await look(system, '/nix/store')) return false;
	if (agent.kind === 'link') return inStore(agent.linksTo ?? '');
	const links = await Promise.all(generationLinks(system).map((link) => look(system, link)));
	return agent.mode === copyMode && links.some((link) => link !== undefined);
};

const findAgentOwner = async (system: System, path: string): Promise<AgentOwner | undefined> => {
	const [agent, generation] = await Promise.all([look(system, path), currentGeneration(system)]);
	const target = agent && throughLink(agent);
	if (generation?.agent !== undefined)
		return {
			by: 'home-manager',
			path: agent ? path : generation.agent,
			target,
			generation: generation.link,
		};
	if (agent && (await isUnseen(system, agent))) return {by: 'unseen', path, target};
	if (await isDarwins(system, agent, path)) return {by: 'nix-darwin', path, target};
	return target === undefined ? undefined : {by: 'link', path, target};
};

/** What is loaded for everybody: beside it, ours would be refused, or be a second one. */
const findForEverybody = async (
	system: System,
	folder: string,
	by: 'system-agent' | 'system-unit',
): Promise<AgentOwner | undefined> => {
	const path = `${folder}/${fileName}`;
	const [found, darwins] = await Promise.all([look(system, path), look(system, inDarwin(folder))]);
	return found && {by: darwins ? 'nix-darwin' : by, path, target: found.realPath};
};

/** A daemon that runs as this person is ours to replace, as an agent of theirs is; no other is. */
const isDaemonOfOurs = async (system: System): Promise<boolean> => {
	const [found, darwins] = await Promise.all([
		look(system, daemonPath),
		look(system, inDarwin('/Library/LaunchDaemons')),
	]);
	if (!found?.readable || found.leadsTo !== 'file' || darwins) return false;
	const text = (await skim(system, daemonPath)) ?? '';
	return /<key>UserName<\/key>\s*<string>([^<]*)<\/string>/u.exec(text)?.[1] === system.user.name;
};

const findDaemonOwner = async (system: System): Promise<AgentOwner | undefined> =>
	(await isDaemonOfOurs(system))
		? undefined
		: findForEverybody(system, '/Library/LaunchDaemons', 'system-unit');

/**
 * Who looks after a service of our name, if it is not us. Home Manager does while its current generation has the
 * agent, be its file a link, a copy, changed, or gone: the next switch would put it back. (Since 2026 a generation
 * also says in LaunchAgentDomains which domain each of its agents is for; there is no such file beside an agent.)
 */
export const findOwner = async (system: System, agentPath: string): Promise<AgentOwner | undefined> => {
	const owners = await Promise.all([
		findAgentOwner(system, agentPath),
		findDaemonOwner(system),
		findForEverybody(system, '/Library/LaunchAgents', 'system-agent'),
	]);
	return owners.find((owner) => owner !== undefined);
};
