import type {AgentOwner} from '../facts.ts';
import {inStore} from '../vira/find-installed.ts';
import {look, skim} from '../paths.ts';
import {stateHome} from '../installed/our-files.ts';
import type {Inspected, System} from '../system.ts';
import {daemonPath, label} from './launchctl.ts';

const fileName = `${label}.plist`;

/** Home Manager copies agents from the store with this mode (modules/launchd/default.nix). */
const copyMode = 0o444;

/**
 * The links to the current generation of Home Manager. It uses the first one that exists: every activation creates
 * `current-home` (modules/lib-bash/activation-init.sh), below /nix/var before 2023; the profile is used if that link is
 * turned off (`home.activationGenerateGcRoot`).
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
	/** Its agent with our label: from launchd.agents, or a file that the user added. */
	readonly agent: string | undefined;
}

const firstThere = async (system: System, paths: readonly string[]): Promise<string | undefined> => {
	const found = await Promise.all(paths.map((path) => look(system, path)));
	return paths.find((_, index) => found[index]?.leadsTo !== undefined);
};

/** A generation without the agent does not manage it, whatever is still in the folder of agents. */
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

/** The current generation of nix-darwin, which copies these files to the same paths without `user`. */
const inDarwin = (folder: string): string => `/run/current-system${folder}/${fileName}`;

/** nix-darwin manages the agents of the Mac's primary user only: whether that is us shows in the copy itself. */
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

/** Without the store, it is unknown who manages a link into it, or a copy while Home Manager is in use. */
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

/** A service for all users: in addition to it, ours would be refused or run twice. */
const findForEverybody = async (
	system: System,
	folder: string,
	by: 'system-agent' | 'system-unit',
): Promise<AgentOwner | undefined> => {
	const path = `${folder}/${fileName}`;
	const [found, darwins] = await Promise.all([look(system, path), look(system, inDarwin(folder))]);
	return found && {by: darwins ? 'nix-darwin' : by, path, target: found.realPath};
};

/** We replace a daemon only if it runs as this user. */
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
 * What else manages a service with our label. Home Manager does while its current generation has the agent, even if the
 * file is changed or missing: the next switch would restore it. (Since 2026, a generation also has the domain of each
 * agent in LaunchAgentDomains; there is no such file next to an agent.)
 */
export const findOwner = async (system: System, agentPath: string): Promise<AgentOwner | undefined> => {
	const owners = await Promise.all([
		findAgentOwner(system, agentPath),
		findDaemonOwner(system),
		findForEverybody(system, '/Library/LaunchAgents', 'system-agent'),
	]);
	return owners.find((owner) => owner !== undefined);
};
