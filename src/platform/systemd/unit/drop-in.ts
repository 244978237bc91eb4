import {posix} from 'node:path';
import {unitName} from '../systemctl.ts';
import type {LinuxMachine} from '../facts.ts';
import {look, namesIn} from '../../paths.ts';
import {parseUnitFile, type Assignment} from './unit-file.ts';
import type {StartLink, Ties} from '../../service-manager/manager-parts.ts';
import type {System} from '../../system.ts';

/**
 * Whether a drop-in is for this service or belongs to this person: those of a distribution, such as Fedora's
 * service.d/10-timeout-abort.conf, apply to all services (systemd.unit(5)).
 */
export const isForService = (path: string, home: string): boolean =>
	posix.basename(posix.dirname(path)) === `${unitName}.d` || path.startsWith(`${home}/`);

/** Settings that add to earlier ones, so that ours stay in effect. */
const adding: readonly string[] = ['After', 'Before', 'Wants', 'WantedBy', 'Requires', 'Documentation'];

/** What a line overrides: variables one by one, since variables with other names stay. */
const decidedBy = ({key, value}: Assignment): readonly string[] => {
	if (adding.includes(key)) return [];
	if (key !== 'Environment' || value === '') return [key];
	const names = value.matchAll(/(?:^|\s)["']?([A-Za-z_]\w*)=/gu);
	return [...names].map(([, name = '']) => `Environment ${name}`);
};

const decidedIn = (text: string): readonly string[] => [...new Set(parseUnitFile(text).flatMap(decidedBy))];

/** The settings of the unit that a drop-in overrides: names such as `ExecStart`, and `Environment PATH` for a variable. */
export const overriddenBy = (dropIn: string, unit: string): readonly string[] => {
	const ours = decidedIn(unit);
	return decidedIn(dropIn).filter((name) =>
		name === 'Environment' ? ours.some((one) => one.startsWith('Environment ')) : ours.includes(name),
	);
};

const listFolder = async (system: System, folder: string): Promise<readonly string[]> => {
	const names = await namesIn(system, folder);
	return names === 'hidden' ? [] : names;
};

/** Folders of links that start units together with another (systemd.unit(5), `.wants/` and `.requires/`). */
const startFolder = /^(.+)\.(?:wants|requires|upholds)$/u;

/** Targets such as graphical-session.target are reached only in a session, whether or not lingering is on. */
const isOfSession = (target: string): boolean => target.includes('session');

/**
 * The folders with the person's own links: units that they enabled, permanently or until the next reboot, and units that
 * a generator such as Podman's created from their files (systemd.unit(5), "User Unit Search Path"). The other folders
 * have what the distribution enables for every user.
 */
const foldersOf = ({folders, user}: LinuxMachine): readonly string[] => {
	const runtime = `/run/user/${user.uid}/systemd`;
	return [folders.services, `${runtime}/user`, `${runtime}/generator`, `${runtime}/generator.late`];
};

const startedIn = async (system: System, folder: string): Promise<readonly string[]> => {
	const groups = (await listFolder(system, folder)).filter((name) => {
		const target = startFolder.exec(name)?.[1];
		return target !== undefined && !isOfSession(target);
	});
	const names = await Promise.all(groups.map((group) => listFolder(system, `${folder}/${group}`)));
	return names.flat();
};

/** The person's other units that start with their user manager: without lingering, only after a login. */
const findLingeringFor = async (system: System, facts: LinuxMachine): Promise<readonly string[]> => {
	const found = await Promise.all(foldersOf(facts).map((folder) => startedIn(system, folder)));
	return [...new Set(found.flat())].filter((name) => name !== unitName).toSorted();
};

const readStartLink = async (system: System, services: string): Promise<StartLink | undefined> => {
	const folder = `${services}/default.target.wants`;
	const path = `${folder}/${unitName}`;
	const [found, above, names] = await Promise.all([
		look(system, path),
		look(system, folder),
		listFolder(system, folder),
	]);
	if (found?.linksTo === undefined) return undefined;
	const isAlone = names.length === 1 && above?.kind === 'folder';
	return {path, target: found.linksTo, folder: isAlone ? {path: folder, mode: above.mode} : undefined};
};

/**
 * The drop-ins that systemd has read, in its order, which include those for all services, such as `service.d`; then those
 * that it has yet to read. It reads only files whose names end with .conf (systemd.unit(5)).
 */
export const readDropIns = async (
	system: System,
	{folders, service}: LinuxMachine,
): Promise<readonly string[]> => {
	const folder = `${folders.services}/${unitName}.d`;
	const names = (await listFolder(system, folder)).filter((name) => name.endsWith('.conf'));
	const onDisk = names.map((name) => `${folder}/${name}`);
	return [...new Set([...service.dropIns, ...onDisk])];
};

/** What belongs to the service or depends on lingering. */
export const readTies = async (system: System, facts: LinuxMachine): Promise<Ties> => {
	const [startLink, lingeringFor, dropIns] = await Promise.all([
		readStartLink(system, facts.folders.services),
		findLingeringFor(system, facts),
		readDropIns(system, facts),
	]);
	const isOwn = (path: string): boolean => posix.basename(posix.dirname(path)) === `${unitName}.d`;
	return {startLink, lingeringFor, dropIns: dropIns.filter(isOwn)};
};
