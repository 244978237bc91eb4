import {posix} from 'node:path';
import {look, isWithin} from '../../paths.ts';
import type {System, Command} from '../../system.ts';
import {unitName, systemctlCommands} from '../systemctl.ts';
import {commandText} from '../../command-text.ts';
import type {LinuxMachine} from '../facts.ts';
import type {Action} from '../../actions/action.ts';
import type {Notice} from '../../../notice.ts';

/** A folder is ignored; an empty file masks like a link to /dev/null (systemd.unit(5), "masked"). */
const unitFileKind = async (system: System, path: string): Promise<'mask' | 'unit' | undefined> => {
	const found = await look(system, path);
	if (found?.leadsTo === undefined || found.leadsTo === 'folder') return undefined;
	const isEmpty = found.leadsTo === 'file' && found.size === 0;
	return found.realPath === '/dev/null' || isEmpty ? 'mask' : 'unit';
};

/** Without duplicates: Debian's /etc/xdg/systemd/user is a link to /etc/systemd/user. */
const inRealFolders = async (system: System, folders: readonly string[]): Promise<readonly string[]> => {
	const found = await Promise.all(folders.map((folder) => look(system, folder)));
	return [...new Set(found.flatMap((one) => (one?.realPath === undefined ? [] : [one.realPath])))];
};

/**
 * The files that mask the service, the effective one first; masks after a unit of that name have no effect. `folders`
 * are those that the user manager reads units from, in its order (UnitPath of systemctl(1), show).
 */
export const findMasks = async (system: System, folders: readonly string[]): Promise<readonly string[]> => {
	const paths = (await inRealFolders(system, folders)).map((folder) => posix.join(folder, unitName));
	const kinds = await Promise.all(paths.map((path) => unitFileKind(system, path)));
	const end = kinds.indexOf('unit');
	return paths.filter((_, index) => kinds[index] === 'mask' && (end < 0 || index < end));
};

const unitCommand = (...words: readonly string[]): Command => ['systemctl', ...words, unitName];
const sudo = (command: Command): Command => ['sudo', ...command];

type Masking = (does: 'mask' | 'unmask') => Command;

/** The folders in which systemctl(1) masks and unmasks (systemd.unit(5)). */
const maskingIn = ({user, folders}: LinuxMachine): Readonly<Record<string, Masking>> => ({
	[folders.services]: (does) => unitCommand('--user', does),
	[`/run/user/${user.uid}/systemd/user`]: (does) => unitCommand('--user', '--runtime', does),
	'/etc/systemd/user': (does) => sudo(unitCommand('--global', does)),
	'/run/systemd/user': (does) => sudo(unitCommand('--global', '--runtime', does)),
});

const maskingOf = (path: string, facts: LinuxMachine): Masking | undefined =>
	maskingIn(facts)[posix.dirname(path)];

const isOwn = (path: string, {user, folders}: LinuxMachine): boolean =>
	[user.home, folders.services, `/run/user/${user.uid}`].some((folder) => isWithin(path, folder));

const masksOf = ({linux, folders}: LinuxMachine): readonly string[] =>
	linux.masks !== undefined && linux.masks.length > 0 ? linux.masks : [`${folders.services}/${unitName}`];

const removalOf = (path: string, facts: LinuxMachine): Command => {
	const remove: Command = ['rm', path];
	return maskingOf(path, facts)?.('unmask') ?? (isOwn(path, facts) ? remove : sudo(remove));
};

/** Whether the person can remove every mask without root. */
const isOwnMask = (facts: LinuxMachine): boolean => masksOf(facts).every((path) => isOwn(path, facts));

/** The commands that remove every mask. Only `systemctl --user` also makes the user manager read its files again. */
const unmaskCommands = (facts: LinuxMachine): readonly Command[] => {
	const removals = masksOf(facts).map((path) => removalOf(path, facts));
	const isRead = removals.at(-1)?.slice(0, 2).join(' ') === 'systemctl --user';
	return isRead ? removals : [...removals, systemctlCommands.daemonReload];
};

/** The refusal to set up or start a masked service. */
export const masked = (facts: LinuxMachine): Notice => {
	const paths = masksOf(facts);
	return {
		level: 'error',
		code: 'masked',
		message: 'The service is masked: systemd refuses to start it.',
		detail: `${paths.join(' and ')} ${paths.length === 1 ? 'masks' : 'mask'} it.`,
		fixes: unmaskCommands(facts).map((command) => ({say: '', command: commandText(command)})),
	};
};

/** Removes the person's own masks; does nothing if one of them belongs to root. */
export const unmaskActions = (facts: LinuxMachine): readonly Action[] => {
	if (!facts.service.masked || !isOwnMask(facts)) return [];
	return masksOf(facts).map((path) => ({
		does: 'delete-link',
		path,
		restore: maskingOf(path, facts)?.('mask') ?? [
			...(['ln', '--symbolic', '--force', '--no-dereference', '/dev/null'] as const),
			path,
		],
		why: 'unmask the service, so that systemd can start it',
	}));
};
