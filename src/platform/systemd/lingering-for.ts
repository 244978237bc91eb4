import type {LinuxMachine} from '../facts.ts';
import {unitName} from './systemd.ts';
import type {System} from '../system.ts';
import {namesIn} from '../paths.ts';

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

const listed = async (system: System, folder: string): Promise<readonly string[]> => {
	const names = await namesIn(system, folder);
	return names === 'hidden' ? [] : names;
};

const startedIn = async (system: System, folder: string): Promise<readonly string[]> => {
	const groups = (await listed(system, folder)).filter((name) => {
		const target = startFolder.exec(name)?.[1];
		return target !== undefined && !isOfSession(target);
	});
	const names = await Promise.all(groups.map((group) => listed(system, `${folder}/${group}`)));
	return names.flat();
};

/** The person's other units that start with their user manager: without lingering, only after a login. */
export const findLingeringFor = async (system: System, facts: LinuxMachine): Promise<readonly string[]> => {
	const found = await Promise.all(foldersOf(facts).map((folder) => startedIn(system, folder)));
	return [...new Set(found.flat())].filter((name) => name !== unitName).toSorted();
};
