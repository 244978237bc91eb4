import type {AgentOwner, Mac} from '../facts.ts';
import {stateHome} from '../../installed/our-files.ts';
import {look, skim} from '../../paths.ts';
import type {Inspected, System} from '../../system.ts';
import {inStore} from '../../vira/programs.ts';
import {daemonPath, label} from '../launchctl.ts';
import type {Fix, Notice} from '../../../notice.ts';
import {commandText} from '../../command-text.ts';
import {agentIn} from '../agent/agent-state.ts';
import {storeSoon} from '../diagnosis/diagnosis.ts';

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

const firstThere = async (system: System, paths: readonly string[]): Promise<string | undefined> => {
	const found = await Promise.all(paths.map((path) => look(system, path)));
	return paths.find((_, index) => found[index]?.leadsTo !== undefined);
};

/** The agent of the current generation: from launchd.agents, or a file that the user added. */
const inGeneration = async (system: System): Promise<{link: string; agent: string} | undefined> => {
	const link = await firstThere(system, generationLinks(system));
	if (link === undefined) return undefined;
	const folders = ['LaunchAgents', 'home-files/Library/LaunchAgents'];
	const paths = folders.map((folder) => `${link}/${folder}/${fileName}`);
	const agent = await firstThere(system, paths);
	return agent === undefined ? undefined : {link, agent};
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

const throughLink = ({kind, linksTo, realPath}: Inspected): string | undefined => {
	if (kind === 'link') return realPath ?? linksTo;
	return realPath !== undefined && inStore(realPath) ? realPath : undefined;
};

/** Without the store, it is unknown who manages a link into it, or a copy while Home Manager is in use. */
const isUnseen = async (system: System, agent: Inspected): Promise<boolean> => {
	if (await look(system, '/nix/store')) return false;
	if (agent.kind === 'link') return inStore(agent.linksTo ?? '');
	const links = await Promise.all(generationLinks(system).map((link) => look(system, link)));
	return agent.mode === copyMode && links.some((link) => link !== undefined);
};

const findAgentOwner = async (system: System, path: string): Promise<AgentOwner | undefined> => {
	const [agent, generation] = await Promise.all([look(system, path), inGeneration(system)]);
	const target = agent && throughLink(agent);
	if (generation)
		return {by: 'home-manager', path: agent ? path : generation.agent, target, generation: generation.link};
	if (agent && (await isUnseen(system, agent))) return {by: 'unseen', path, target};
	if (await isDarwins(system, agent, path)) return {by: 'nix-darwin', path, target};
	return target === undefined ? undefined : {by: 'link', path, target};
};

/** We replace a daemon only if it runs as this user. */
const isDaemonOfOurs = async (system: System, {readable, leadsTo}: Inspected): Promise<boolean> => {
	const text = readable && leadsTo === 'file' ? await skim(system, daemonPath) : undefined;
	return /<key>UserName<\/key>\s*<string>([^<]*)<\/string>/u.exec(text ?? '')?.[1] === system.user.name;
};

/** A service for all users: in addition to it, ours would be refused or run twice. */
const findForEverybody = async (
	system: System,
	folder: string,
	by: 'system-agent' | 'system-unit',
): Promise<AgentOwner | undefined> => {
	const path = `${folder}/${fileName}`;
	const [found, darwins] = await Promise.all([look(system, path), look(system, inDarwin(folder))]);
	if (!found) return undefined;
	if (by === 'system-unit' && !darwins && (await isDaemonOfOurs(system, found))) return undefined;
	return {by: darwins ? 'nix-darwin' : by, path, target: found.realPath};
};

/**
 * What else manages a service with our label. Home Manager does while its current generation has the agent, even if the
 * file is changed or missing: the next switch would restore it. (Since 2026, a generation also has the domain of each
 * agent in LaunchAgentDomains; there is no such file next to an agent.)
 */
export const findOwner = async (system: System, agentPath: string): Promise<AgentOwner | undefined> => {
	const owners = await Promise.all([
		findAgentOwner(system, agentPath),
		findForEverybody(system, '/Library/LaunchDaemons', 'system-unit'),
		findForEverybody(system, '/Library/LaunchAgents', 'system-agent'),
	]);
	return owners.find((owner) => owner !== undefined);
};

/** A daemon keeps running without its file, until a reboot. One that runs as this person is ours to replace. */
const loadedDaemon = ({mac: {agents}, user}: Mac): AgentOwner | undefined => {
	const daemon = agentIn(agents, 'system');
	if (!daemon || daemon.userName === user.name) return undefined;
	return {by: 'system-unit', path: daemon.path ?? daemonPath, target: undefined};
};

const ownerNames: Readonly<Record<AgentOwner['by'], string>> = {
	'home-manager': 'Home Manager',
	'nix-darwin': 'nix-darwin',
	link: 'someone else',
	'system-agent': 'the system, for all users',
	'system-unit': 'the system, as a daemon',
	unseen: 'Home Manager or nix-darwin, it seems',
};

const fixesForHomeManager = (generation: string | undefined): readonly Fix[] => [
	{
		say: 'Set services.vira.enable = false in your Home Manager configuration and switch to it, then run vira-setup again.',
	},
	// After leaving Home Manager without its `uninstall`, there is no configuration to switch to.
	...(generation === undefined
		? []
		: [
				{say: 'If you no longer use Home Manager, delete the link to its last generation:'},
				{say: '', command: commandText(['rm', generation])},
			]),
];

const fixesFor = ({by, path, generation}: AgentOwner): readonly Fix[] => {
	const remove = commandText(['rm', path]);
	switch (by) {
		case 'home-manager':
			return fixesForHomeManager(generation);
		case 'nix-darwin':
			return [
				{
					say: 'Remove it from your nix-darwin configuration (launchd.user.agents, launchd.agents or launchd.daemons) and switch to it, then run vira-setup again.',
				},
				{say: 'If you no longer use nix-darwin, delete the file:'},
				{say: '', command: path.startsWith('/Library/') ? `sudo ${remove}` : remove},
			];
		case 'link':
			return [{say: 'If you no longer need the link, delete it:', command: remove}];
		case 'system-agent':
			return [
				{
					say: 'If you no longer need that agent, remove it first:',
					command: `launchctl bootout gui/$(id -u)/org.vira.service && sudo ${remove}`,
				},
			];
		case 'system-unit':
			return [
				{
					say: 'Remove the daemon first, because both would use the same port:',
					command: `sudo launchctl bootout system/org.vira.service && sudo ${remove}`,
				},
			];
		case 'unseen':
			return [{say: `The Nix store is not mounted, so vira-setup cannot check this. ${storeSoon}`}];
	}
};

/** Another tool manages the service: it would undo our changes, or we would undo its changes. */
export const managedElsewhere = (facts: Mac): readonly Notice[] => {
	const owner = facts.managedBy ?? loadedDaemon(facts);
	if (!owner) return [];
	const {by, path, target} = owner;
	return [
		{
			level: 'error',
			code: 'managed-elsewhere',
			message: `A service named org.vira.service is managed by ${ownerNames[by]}.`,
			detail:
				target === undefined || target === path ? `Its file is ${path}.` : `${path} is a link to ${target}.`,
			fixes: fixesFor(owner),
		},
	];
};
