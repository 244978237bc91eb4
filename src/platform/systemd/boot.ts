import type {Fix} from '../../notice.ts';
import type {Forgotten, LinuxMachine} from '../facts.ts';
import {lingerText} from './linger-file.ts';
import type {Warning} from '../../settings/warning.ts';
import type {NextStart} from '../service-manager/service-words.ts';
import {declaredLinger} from './declared-linger.ts';

/** Whether a service starts at boot if lingering is on. */
export type AtBoot =
	| {readonly starts: true}
	| {readonly starts: false; readonly warning: Warning; readonly next: NextStart['when']}
	| {readonly starts: undefined; readonly why: string};

/** Said if that cannot be read. */
export const lockUnknown = 'Your home folder may be locked until you log in.';

const logInOnce = 'Log in once after every reboot.';

/** What follows from a folder that is empty after a reboot. */
const inMemory = ({path, kind}: Pick<Forgotten, 'path' | 'kind'>): string =>
	`${path} is kept in memory (${kind})`;

const onDisk = (variable: string): Fix => ({
	say: `Set ${variable} to a folder on a disk, then set up Vira again.`,
});

const followsFrom = (
	{what, path, kind}: Forgotten,
	{user}: LinuxMachine,
): Pick<Warning, 'message' | 'fixes'> => {
	const place = inMemory({path, kind});
	switch (what) {
		case 'home':
			return {
				message: `${place}: a reboot deletes the service and its settings.`,
				fixes: [{say: 'Use an account whose home folder is on a disk.'}],
			};
		case 'linger':
			return {
				message: `${place}: a reboot turns lingering off for ${user.name}.`,
				fixes: [{say: 'turns it on again after a reboot', command: lingerText('enable', user)}],
			};
		case 'services':
		case 'config':
			return {
				message: `${place}: a reboot deletes files of the service.`,
				fixes: [onDisk('XDG_CONFIG_HOME')],
			};
		case 'state':
			return {
				message: `${place}: after a reboot, vira-setup no longer knows which files it created.`,
				fixes: [onDisk('XDG_STATE_HOME')],
			};
	}
};

const warningOf = (one: Forgotten, facts: LinuxMachine): Warning => ({
	code: 'gone-after-reboot',
	...followsFrom(one, facts),
});

/** vira-setup's record of the files that it created is not needed for a start. */
const neededAtStart: readonly Forgotten['what'][] = ['home', 'services', 'config'];

/** Warnings about what a reboot deletes, whether or not anything would start after it. */
export const goneWarnings = (facts: LinuxMachine): readonly Warning[] =>
	facts.linux.forgotten.filter(({what}) => what !== 'linger').map((one) => warningOf(one, facts));

const locked = ({linux: {homeLock}, user}: LinuxMachine): Warning => ({
	code: 'home-locked',
	message: `The home folder is locked until ${user.name} logs in (${String(homeLock)}): Vira cannot start at boot.`,
	fixes: [{say: `${logInOnce} Or use an account whose home folder is not encrypted.`}],
});

/** logind escapes the name when it writes the file; before systemd 253 it does not unescape it at boot. */
const misread = ({linux: {systemd}, user}: LinuxMachine): Warning => ({
	code: 'linger-not-read',
	message: `At boot, systemd ${String(systemd)} does not restore lingering for a user name like ${user.name}.`,
	fixes: [{say: `${logInOnce} systemd 253 and newer restore it.`}],
});

const whyUnknown = ({linux, user}: LinuxMachine): string | undefined => {
	const gone = linux.forgotten.find(({what}) => what === 'linger');
	// At each boot, NixOS creates the files again for the users that its configuration names.
	if (gone)
		return `${inMemory(gone)}: a reboot turns lingering off, unless the NixOS configuration sets ${declaredLinger(user)}`;
	if (linux.homeLock === undefined) return lockUnknown;
	if (linux.lingerReadBack === undefined)
		return `Not every build of systemd${linux.systemd ? ` ${linux.systemd}` : ''} restores lingering at boot for a user name like ${user.name}.`;
	return undefined;
};

/** What happens at boot to a service whose user has lingering on. */
export const bootOf = (facts: LinuxMachine): AtBoot => {
	const {forgotten, homeLock, lingerReadBack, nixos} = facts.linux;
	const needed = forgotten.find(({what}) => neededAtStart.includes(what));
	if (needed) return {starts: false, warning: warningOf(needed, facts), next: 'never'};
	const linger = forgotten.find(({what}) => what === 'linger');
	if (linger && !nixos) return {starts: false, warning: warningOf(linger, facts), next: 'login'};
	if (typeof homeLock === 'string') return {starts: false, warning: locked(facts), next: 'login'};
	if (lingerReadBack === false) return {starts: false, warning: misread(facts), next: 'login'};
	const why = whyUnknown(facts);
	return why === undefined ? {starts: true} : {starts: undefined, why};
};

/** When a service starts again automatically if lingering is on. */
export const nextBoot = (facts: LinuxMachine): NextStart => {
	const boot = bootOf(facts);
	if (boot.starts) return {when: 'boot', message: 'It starts again at the next boot.'};
	if (boot.starts === undefined)
		return {
			when: 'boot',
			message:
				boot.why === lockUnknown
					? 'It starts again at the next boot, unless your home folder is locked until you log in.'
					: `vira-setup cannot determine whether it starts again at the next boot. ${boot.why}`,
		};
	return boot.next === 'never'
		? {when: 'never', message: 'It does not start again after a reboot, which deletes its files.'}
		: {when: boot.next, message: 'It starts again at the first login after a reboot.'};
};
