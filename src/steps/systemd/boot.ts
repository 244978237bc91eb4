import type {LinuxMachine} from '../../platform/facts.ts';
import type {Forgotten} from '../../platform/linux/forgotten.ts';
import {lingerText} from '../../platform/linux/linger-file.ts';
import type {Warning} from '../../settings/warning.ts';
import type {NextStart} from '../by-hand.ts';
import {declaredLinger} from './declared-linger.ts';

/** Whether a service that lingers starts when the machine does. */
export type AtBoot =
	| {readonly starts: true}
	| {readonly starts: false; readonly warning: Warning; readonly next: NextStart['when']}
	| {readonly starts: undefined; readonly why: string};

/** What is told where that cannot be read. */
export const lockUnknown = 'It cannot be read whether the home folder is locked until somebody logs in.';

const logInOnce = 'Log in once after each boot.';

/** What follows from a place that is empty after a reboot. */
const followsFrom = (
	{what, path, kind}: Forgotten,
	{user}: LinuxMachine,
): Pick<Warning, 'message' | 'fixes'> => {
	const place = `${path} is in memory (${kind})`;
	switch (what) {
		case 'home':
			return {
				message: `${place}: after a reboot, the service and its settings are gone.`,
				fixes: ['Set Vira up as somebody whose home folder is on a disk.'],
			};
		case 'linger':
			return {
				message: `${place}: after a reboot, lingering is off for ${user.name}.`,
				fixes: [`${lingerText('enable', user)}   turns it on again after a reboot`],
			};
		case 'services':
		case 'config':
			return {
				message: `${place}: after a reboot, files of the service are gone.`,
				fixes: ['Have XDG_CONFIG_HOME lead to a folder on a disk, and set Vira up again.'],
			};
		case 'state':
			return {
				message: `${place}: after a reboot, vira-setup no longer knows which files it created.`,
				fixes: ['Set XDG_STATE_HOME to a folder on a disk, and set Vira up again.'],
			};
	}
};

const warningOf = (one: Forgotten, facts: LinuxMachine): Warning => ({
	code: 'gone-after-reboot',
	...followsFrom(one, facts),
});

/** The record of what is ours is not needed for a start. */
const neededAtStart: readonly Forgotten['what'][] = ['home', 'services', 'config'];

/** Warnings of what a reboot takes away, whether or not anything would start after it. */
export const goneWarnings = (facts: LinuxMachine): readonly Warning[] =>
	facts.linux.forgotten.filter(({what}) => what !== 'linger').map((one) => warningOf(one, facts));

const locked = ({linux: {homeLock}, user}: LinuxMachine): Warning => ({
	code: 'home-locked',
	message: `The home folder is locked until ${user.name} logs in (${String(homeLock)}): at boot there is no service to start.`,
	fixes: [`${logInOnce} Or set Vira up as somebody whose home folder is not encrypted.`],
});

/** logind writes the name escaped, and before systemd 253 reads it as it stands there. */
const misread = ({linux: {systemd}, user}: LinuxMachine): Warning => ({
	code: 'linger-not-read',
	message: `At boot, systemd ${String(systemd)} does not find lingering for a name such as ${user.name}.`,
	fixes: [`${logInOnce} systemd 253 and newer find it.`],
});

const whyUnknown = ({linux, user}: LinuxMachine): string | undefined => {
	const gone = linux.forgotten.find(({what}) => what === 'linger');
	// NixOS makes the file anew at each boot for whom its configuration names.
	if (gone)
		return `${gone.path} is in memory (${gone.kind}): lingering is off after a reboot, unless the NixOS configuration has ${declaredLinger(user)}`;
	if (linux.homeLock === undefined) return lockUnknown;
	if (linux.lingerReadBack === undefined)
		return `Not every systemd${linux.systemd ? ` ${linux.systemd}` : ''} finds lingering at boot for a name such as ${user.name}.`;
	return undefined;
};

/** What becomes at boot of a service whose user lingers. */
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

/** When a service that lingers starts again by itself. */
export const nextBoot = (facts: LinuxMachine): NextStart => {
	const boot = bootOf(facts);
	if (boot.starts) return {when: 'boot', message: 'It starts again when the machine does.'};
	if (boot.starts === undefined)
		return {
			when: 'boot',
			message:
				boot.why === lockUnknown
					? 'It starts again when the machine does, unless the home folder is locked until a login.'
					: `It is not known whether it starts again when the machine does. ${boot.why}`,
		};
	return boot.next === 'never'
		? {when: 'never', message: 'It does not start again after a reboot: its files are gone then.'}
		: {when: boot.next, message: 'It starts again at the first login after the machine has started.'};
};
