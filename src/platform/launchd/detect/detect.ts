import type {KnownFirst} from '../../service-manager/manager-kind.ts';
import type {AgentFile, Mac, MacFacts, Obstacle} from '../facts.ts';
import {look, lookInto} from '../../paths.ts';
import {answerOf} from '../../run-result.ts';
import type {System} from '../../system.ts';
import {findNix, findVira} from '../../vira/programs.ts';
import {loadedAgents, readAgents, serviceStateOf} from '../agent/agent-state.ts';
import {
	launchctlCommands,
	daemonPath,
	domains,
	isDisabled,
	label,
	timeLimit,
	type Domain,
	type AgentNeeds,
	type LoadedAgent,
} from '../launchctl.ts';
import {findOwner} from './find-owner.ts';
import {readMac, type MacItself} from './read-mac.ts';
import {posix} from 'node:path';
import {foreignVolumeOf, guardedPlaceOf} from '../check-volumes.ts';

type Found = Omit<Obstacle, 'what' | 'path'>;

/** A path on a volume that is not mounted is not missing. */
const missing = async (system: System, path: string): Promise<Found> => {
	const name = foreignVolumeOf(path)?.name;
	const away = name !== undefined && (await lookInto(system, `/Volumes/${name}`)) === undefined;
	return {why: 'missing', ...(away && {volume: name})};
};

/** By its real path, whatever its permission bits are. A log on another volume is reported as `on-volume`. */
const whyGuarded = async (system: System, real: string | undefined): Promise<Found | undefined> => {
	const home = await lookInto(system, system.user.home);
	const above = (home !== 'hidden' && home?.realPath) || system.user.home;
	const isGuarded =
		real !== undefined && (guardedPlaceOf(real, above) !== undefined || foreignVolumeOf(real) !== undefined);
	return isGuarded ? {why: 'guarded'} : undefined;
};

const whyNoProgram = async (system: System, path: string): Promise<Found | undefined> => {
	const found = await lookInto(system, path);
	if (found === 'hidden') return undefined;
	if (found?.leadsTo === undefined) return missing(system, path);
	return found.executable ? whyGuarded(system, found.realPath) : {why: 'unusable'};
};

const agentsFolderProblem = async (system: System, path: string): Promise<Found | undefined> => {
	const found = await lookInto(system, path);
	if (found === 'hidden') return undefined;
	if (found?.leadsTo === undefined) return missing(system, path);
	return found.leadsTo === 'folder' ? whyGuarded(system, found.realPath) : {why: 'unusable'};
};

/** launchd opens the log before it starts the process, and creates the file if its folder exists. */
const whyNoLog = async (system: System, path: string): Promise<Found | undefined> => {
	if (path === '/dev/null') return undefined;
	const above = posix.dirname(path);
	const [file, folder] = await Promise.all([lookInto(system, path), lookInto(system, above)]);
	if (folder === 'hidden' || file === 'hidden') return undefined;
	if (folder?.leadsTo === undefined) return missing(system, above);
	if (foreignVolumeOf((file ?? folder).realPath ?? path)) return {why: 'on-volume'};
	if (file?.leadsTo === 'folder') return {why: 'no-file'};
	const [taker, kind] = file ? ([file, 'file'] as const) : ([folder, 'folder'] as const);
	return taker.writable && taker.leadsTo === kind ? whyGuarded(system, taker.realPath) : {why: 'unusable'};
};

const obstaclesFor = async (
	system: System,
	{program, folder, logFile}: AgentNeeds,
): Promise<readonly Obstacle[]> => {
	const places = [
		['program', program, whyNoProgram],
		['folder', folder, agentsFolderProblem],
		['log', logFile, whyNoLog],
	] as const;
	const obstacles = places.map(async ([what, path, why]): Promise<readonly Obstacle[]> => {
		const found = path === undefined ? undefined : await why(system, path);
		return path === undefined || !found ? [] : [{what, path, ...found}];
	});
	return (await Promise.all(obstacles)).flat();
};

/** What prevents a service that is loaded, but not running, from starting. */
const findObstacles = async (
	system: System,
	agents: readonly LoadedAgent[],
): Promise<readonly Obstacle[]> => {
	const idle = agents.filter(({pid}) => pid === undefined);
	return (await Promise.all(idle.map(({needs}) => obstaclesFor(system, needs)))).flat();
};

/** The service file of each domain. A login does not load the one next to our settings. */
const filePaths = (services: string, config: string): Readonly<Record<Domain, string>> => ({
	gui: `${services}/${label}.plist`,
	user: `${config}/launchd/${label}.plist`,
	system: daemonPath,
});

const readFile = async (system: System, path: string): Promise<AgentFile | undefined> => {
	const found = await look(system, path);
	return found?.leadsTo === 'file' ? {path, mode: found.mode, owner: found.owner} : undefined;
};

/** Reading what is disabled needs no privileges. */
export const readSwitches = async (
	system: System,
): Promise<Pick<MacFacts, 'disabled' | 'daemonDisabled'>> => {
	const ask = async (domain: 'user' | 'system'): Promise<boolean | undefined> =>
		isDisabled(
			answerOf(await system.run(launchctlCommands.printDisabled(domain, system.user.uid), timeLimit)),
		);
	const [disabled, daemonDisabled] = await Promise.all([ask('user'), ask('system')]);
	return {disabled, daemonDisabled};
};

const readService = async (
	system: System,
	paths: Readonly<Record<Domain, string>>,
): Promise<Omit<MacFacts, keyof MacItself>> => {
	const [agents, switches, ...files] = await Promise.all([
		readAgents(system),
		readSwitches(system),
		...domains.map((domain) => readFile(system, paths[domain])),
	]);
	const found = domains.flatMap((domain, index) => (files[index] ? [[domain, files[index]]] : []));
	return {
		agents,
		...switches,
		files: Object.fromEntries(found) as MacFacts['files'],
		obstacles: await findObstacles(system, loadedAgents(agents)),
	};
};

/** Reads everything in parallel, and changes nothing. */
export const detectMac = async (system: System, known: KnownFirst): Promise<Mac> => {
	const folders = {...known.folders, services: `${system.user.home}/Library/LaunchAgents`};
	const paths = filePaths(folders.services, folders.config);
	const [itself, service, vira, nix, managedBy] = await Promise.all([
		readMac(system),
		readService(system, paths),
		findVira(system),
		findNix(system),
		findOwner(system, paths.gui),
	]);
	const mac = {...itself, ...service};
	return {
		platform: 'macos',
		...known,
		systemName: mac.version === undefined ? 'macOS' : `macOS ${mac.version}`,
		vira,
		nix,
		folders,
		serviceFiles: [paths.gui, paths.user, paths.system],
		service: serviceStateOf(mac),
		managedBy,
		...('unusable' in mac.screen && {unusable: {tool: 'launchctl', why: mac.screen.words}}),
		mac,
	};
};
