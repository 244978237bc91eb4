import {posix} from 'node:path';
import {commandText} from '../../platform/command-text.ts';
import type {LinuxMachine} from '../../platform/facts.ts';
import {commands, unitName} from '../../platform/linux/systemd.ts';
import type {Command} from '../../platform/system.ts';
import type {Action} from '../action.ts';
import type {Refusal} from '../advice.ts';
import {isWithin} from '../place.ts';

const systemctl = (...words: readonly string[]): Command => ['systemctl', ...words, unitName];
const sudo = (command: Command): Command => ['sudo', ...command];

type Masking = (verb: 'mask' | 'unmask') => Command;

/** What mask and unmask of systemctl(1) do is done in these folders, and in no other (systemd.unit(5)). */
const maskingIn = ({user, folders}: LinuxMachine): Readonly<Record<string, Masking>> => ({
	[folders.services]: (verb) => systemctl('--user', verb),
	[`/run/user/${user.uid}/systemd/user`]: (verb) => systemctl('--user', '--runtime', verb),
	'/etc/systemd/user': (verb) => sudo(systemctl('--global', verb)),
	'/run/systemd/user': (verb) => sudo(systemctl('--global', '--runtime', verb)),
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

/** Whether the person can remove all of what masks the service, without root. */
const isOwnMask = (facts: LinuxMachine): boolean => masksOf(facts).every((path) => isOwn(path, facts));

/** What removes every mask. Only `systemctl --user` has the person's own manager look again. */
const unmaskCommands = (facts: LinuxMachine): readonly Command[] => {
	const removals = masksOf(facts).map((path) => removalOf(path, facts));
	const isRead = removals.at(-1)?.slice(0, 2).join(' ') === 'systemctl --user';
	return isRead ? removals : [...removals, commands.daemonReload];
};

/** The refusal of a service that systemd was told never to start. */
export const masked = (facts: LinuxMachine): Refusal => {
	const paths = masksOf(facts);
	return {
		level: 'refusal',
		code: 'masked',
		title: 'The service is masked: systemd was told never to start it.',
		detail: `${paths.join(' and ')} ${paths.length === 1 ? 'masks' : 'mask'} it.`,
		fixes: unmaskCommands(facts).map(commandText),
	};
};

/** Takes the person's own masks away; nothing where one of them is root's. */
export const unmaskActions = (facts: LinuxMachine): readonly Action[] => {
	if (!facts.service.masked || !isOwnMask(facts)) return [];
	return masksOf(facts).map((path) => ({
		does: 'delete-link',
		path,
		restore: maskingOf(path, facts)?.('mask') ?? [
			...(['ln', '--symbolic', '--force', '--no-dereference', '/dev/null'] as const),
			path,
		],
		why: 'systemd was told never to start it',
	}));
};
