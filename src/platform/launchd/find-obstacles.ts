import {posix} from 'node:path';
import type {MacFacts, Obstacle} from '../facts.ts';
import {lookInto} from '../paths.ts';
import type {System} from '../system.ts';
import type {AgentNeeds} from './agent-needs.ts';
import {foreignVolumeOf} from './foreign-volume.ts';
import {guardedPlaceOf} from './guarded.ts';
import {domains} from './launchctl.ts';

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

const whyNoFolder = async (system: System, path: string): Promise<Found | undefined> => {
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
	const looked = await Promise.all([
		program === undefined ? undefined : whyNoProgram(system, program),
		folder === undefined ? undefined : whyNoFolder(system, folder),
		logFile === undefined ? undefined : whyNoLog(system, logFile),
	]);
	const places = [
		['program', program],
		['folder', folder],
		['log', logFile],
	] as const;
	return places.flatMap(([what, path], index) => {
		const found = looked[index];
		return path === undefined || !found ? [] : [{what, path, ...found}];
	});
};

/** What prevents a service that is loaded, but not running, from starting. */
export const findObstacles = async (
	system: System,
	agents: MacFacts['agents'],
): Promise<readonly Obstacle[]> => {
	const idle = domains.flatMap((domain) => {
		const found = agents[domain];
		return found.known === 'loaded' && found.agent.pid === undefined ? [found.agent.needs] : [];
	});
	return (await Promise.all(idle.map((needs) => obstaclesFor(system, needs)))).flat();
};
