import type {LinuxMachine} from '../../platform/facts.ts';
import {unitName} from '../../platform/linux/systemd.ts';
import type {System} from '../../platform/system.ts';
import {namesIn} from '../place.ts';

/** Folders of links that start units together with another (systemd.unit(5), `.wants/` and `.requires/`). */
const startFolder = /^(.+)\.(?:wants|requires|upholds)$/u;

/** Targets such as graphical-session.target are reached in a session only, lingering or not. */
const isOfSession = (target: string): boolean => target.includes('session');

/**
 * Where links of the person's own are: what they enabled, for good or until the next reboot, and what a generator made
 * of their files, as Podman does (systemd.unit(5), "User Unit Search Path"). In the other folders are those that the
 * distribution enables for everybody, whether anybody lingers or not.
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

/** Units of the person's own, beside ours, that start with their user manager: without lingering, not before a login. */
export const findLingeringFor = async (system: System, facts: LinuxMachine): Promise<readonly string[]> => {
	const found = await Promise.all(foldersOf(facts).map((folder) => startedIn(system, folder)));
	return [...new Set(found.flat())].filter((name) => name !== unitName).toSorted();
};
