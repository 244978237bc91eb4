import type {Obstacle} from '../facts.ts';
import {posix} from 'node:path';
import {lookInto} from '../../paths.ts';
import type {System} from '../../system.ts';
import type {AgentNeeds, LoadedAgent} from '../launchctl.ts';
import {foreignVolumeOf, guardedPlaceOf} from '../volumes.ts';

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
	const places = [
		['program', program, whyNoProgram],
		['folder', folder, whyNoFolder],
		['log', logFile, whyNoLog],
	] as const;
	const obstacles = places.map(async ([what, path, why]): Promise<readonly Obstacle[]> => {
		const found = path === undefined ? undefined : await why(system, path);
		return path === undefined || !found ? [] : [{what, path, ...found}];
	});
	return (await Promise.all(obstacles)).flat();
};

/** What prevents a service that is loaded, but not running, from starting. */
export const findObstacles = async (
	system: System,
	agents: readonly LoadedAgent[],
): Promise<readonly Obstacle[]> => {
	const idle = agents.filter(({pid}) => pid === undefined);
	return (await Promise.all(idle.map(({needs}) => obstaclesFor(system, needs)))).flat();
};
