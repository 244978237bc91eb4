import type {Fix} from '../../../notice.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Warning} from '../../../settings/warning.ts';
import type {Forgotten, LinuxMachine} from '../facts.ts';
import {bootIsUnknown, type NextStart} from '../../service-manager/service-words.ts';
import type {Manager, Persistence} from '../../service-manager/service-manager.ts';
import type {User} from '../../system.ts';
import {declaredLinger, keepLingering, lingerText} from './lingering.ts';

/** Whether a service starts at boot if lingering is on. */
type BootStart =
	| {readonly starts: true}
	| {readonly starts: false; readonly warning: Warning; readonly next: 'login' | 'never'}
	| {readonly starts: undefined; readonly why: string};

const lockUnknown = 'Your home folder may be locked until you log in.';

const logInOnce = 'Log in once after every reboot.';

const inMemory = ({path, kind}: Forgotten): string => `${path} is kept in memory (${kind})`;

const onDisk = (variable: string): Fix => ({
	say: `Set ${variable} to a folder on a disk, then set up Vira again.`,
});

const configGone = ['a reboot deletes files of the service', onDisk('XDG_CONFIG_HOME')] as const;

/** What follows from each folder that is empty after a reboot, and what to do. */
const consequencesFor = (user: User): Readonly<Record<Forgotten['what'], readonly [string, Fix]>> => ({
	home: [
		'a reboot deletes the service and its settings',
		{say: 'Use an account whose home folder is on a disk.'},
	],
	linger: [
		`a reboot turns lingering off for ${user.name}`,
		{say: 'turns it on again after a reboot', command: lingerText('enable', user)},
	],
	services: configGone,
	config: configGone,
	state: ['after a reboot, vira-setup no longer knows which files it created', onDisk('XDG_STATE_HOME')],
});

const goneWarning = (one: Forgotten, {user}: LinuxMachine): Warning => {
	const [consequence, fix] = consequencesFor(user)[one.what];
	return {code: 'gone-after-reboot', message: `${inMemory(one)}: ${consequence}.`, fixes: [fix]};
};

/** Warnings about what a reboot deletes, whether or not anything would start after it. */
const goneWarnings = (facts: LinuxMachine): readonly Warning[] =>
	facts.linux.forgotten.filter(({what}) => what !== 'linger').map((one) => goneWarning(one, facts));

const lockedHome = ({linux: {homeLock}, user}: LinuxMachine): Warning => ({
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

/** vira-setup's record of the files that it created is not needed for a start. */
const neededAtStart: readonly Forgotten['what'][] = ['home', 'services', 'config'];

/** What happens at boot to a service whose user has lingering on. */
const bootOf = (facts: LinuxMachine): BootStart => {
	const {forgotten, homeLock, lingerReadBack, nixos, systemd} = facts.linux;
	const needed = forgotten.find(({what}) => neededAtStart.includes(what));
	if (needed) return {starts: false, warning: goneWarning(needed, facts), next: 'never'};
	const linger = forgotten.find(({what}) => what === 'linger');
	if (linger && !nixos) return {starts: false, warning: goneWarning(linger, facts), next: 'login'};
	if (typeof homeLock === 'string') return {starts: false, warning: lockedHome(facts), next: 'login'};
	if (lingerReadBack === false) return {starts: false, warning: misread(facts), next: 'login'};
	const unknown = (why: string): BootStart => ({starts: undefined, why});
	// At each boot, NixOS creates the files again for the users that its configuration names.
	if (linger)
		return unknown(
			`${inMemory(linger)}: a reboot turns lingering off, unless the NixOS configuration sets ${declaredLinger(facts.user)}`,
		);
	if (homeLock === undefined) return unknown(lockUnknown);
	return lingerReadBack === undefined
		? unknown(
				`Not every build of systemd${systemd ? ` ${systemd}` : ''} restores lingering at boot for a user name like ${facts.user.name}.`,
			)
		: {starts: true};
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
		: {when: 'login', message: 'It starts again at the first login after a reboot.'};
};

/** Whether the service starts at the next boot, as far as that depends on the machine. */
export const atBoot = (
	facts: LinuxMachine,
): Pick<Persistence, 'startsAtBoot' | 'bootUnknown' | 'notAtBoot'> => {
	const boot = bootOf(facts);
	if (boot.starts === undefined) return {startsAtBoot: undefined, bootUnknown: boot.why};
	return boot.starts ? {startsAtBoot: true} : {startsAtBoot: false, notAtBoot: boot.warning.message};
};

/** Warnings about the next boot if lingering is on. */
const bootWarnings = (facts: LinuxMachine): readonly Warning[] => {
	const boot = bootOf(facts);
	const gone = goneWarnings(facts);
	if (boot.starts === undefined)
		return [{code: 'boot-unknown', message: `${bootIsUnknown} ${boot.why}`}, ...gone];
	const isGone = boot.starts || gone.some(({message}) => message === boot.warning.message);
	return isGone ? gone : [boot.warning, ...gone];
};

const bootless = ({user}: LinuxMachine): Warning => ({
	code: 'not-at-boot',
	message: `Lingering stays off for ${user.name}: the service stops when you log out and does not start at boot.`,
});

/** Something else may need it, so only the person turns it off. */
const staysOn = ({user}: LinuxMachine): Warning => ({
	code: 'lingering-stays-on',
	option: 'linger',
	message: `Lingering is already on for ${user.name} and stays on: vira-setup does not turn it off.`,
	fixes: [
		{
			say: 'turns it off; then your other services stop when you log out, too',
			command: lingerText('disable', user),
		},
	],
});

/** NixOS rebuilds the machine from its configuration, which does not have what loginctl changed. */
const undeclared = ({user}: LinuxMachine): Warning => ({
	code: 'linger-not-durable',
	message: `Lingering is turned on for now. ${keepLingering(user)}`,
});

/** Windows does not keep WSL running because of services in it. */
const wslIdle: Warning = {
	code: 'wsl-idle',
	message:
		'Windows stops WSL, and Vira with it, soon after you close the last WSL window. It starts WSL only when you open one.',
	fixes: [
		{
			say: 'To keep WSL running, set in .wslconfig in your Windows home folder: instanceIdleTimeout=-1 under [general] and vmIdleTimeout=-1 under [wsl2].',
		},
		{say: 'To start WSL at logon, create a task in Windows that runs wsl.exe.'},
	],
};

/** The oldest systemd in the tests: that of Debian 11. */
const oldestTested = 247;

const untested = ({linux: {systemd}}: LinuxMachine): readonly Warning[] => {
	if (systemd === false || (systemd !== undefined && systemd >= oldestTested)) return [];
	const found =
		systemd === undefined ? 'systemctl does not report the version of systemd' : `This is systemd ${systemd}`;
	const message = `${found}: vira-setup is tested with ${oldestTested} and newer.`;
	return [{code: 'systemd-untested', message}];
};

/** A user manager runs from boot and after a logout only if lingering is on (loginctl(1), enable-linger). */
export const linuxBootBehavior = (
	facts: LinuxMachine,
	settings: Settings,
): ReturnType<Manager['outlook']> => {
	const {lingering, nixos, wsl} = facts.linux;
	const lingers = settings.linger || lingering;
	const boot = bootOf(facts);
	return {
		startsAtLogin: boot.starts !== false || boot.next === 'login',
		...(lingers ? atBoot(facts) : {startsAtBoot: false}),
		survivesLogout: lingers,
		warnings: [
			...(lingers ? bootWarnings(facts) : [bootless(facts), ...goneWarnings(facts)]),
			...(lingering && !settings.linger ? [staysOn(facts)] : []),
			...(nixos && settings.linger && !lingering ? [undeclared(facts)] : []),
			...(wsl ? [wslIdle] : []),
			...untested(facts),
		],
	};
};
