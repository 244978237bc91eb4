import {posix} from 'node:path';
import {commandText} from '../command-text.ts';
import type {LinuxMachine} from '../facts.ts';
import {commands, unitName} from './systemd.ts';
import type {Command} from '../system.ts';
import type {Action} from '../actions/action.ts';
import type {Notice} from '../../notice.ts';
import {isWithin} from '../paths.ts';

const systemctl = (...words: readonly string[]): Command => ['systemctl', ...words, unitName];
const sudo = (command: Command): Command => ['sudo', ...command];

type Masking = (does: 'mask' | 'unmask') => Command;

/** The folders in which systemctl(1) masks and unmasks (systemd.unit(5)). */
const maskingIn = ({user, folders}: LinuxMachine): Readonly<Record<string, Masking>> => ({
	[folders.services]: (does) => systemctl('--user', does),
	[`/run/user/${user.uid}/systemd/user`]: (does) => systemctl('--user', '--runtime', does),
	'/etc/systemd/user': (does) => sudo(systemctl('--global', does)),
	'/run/systemd/user': (does) => sudo(systemctl('--global', '--runtime', does)),
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
	return isRead ? removals : [...removals, commands.daemonReload];
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
