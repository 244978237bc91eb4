import type {Fix} from '../../../notice.ts';
import type {Forgotten, LinuxMachine} from '../../facts.ts';
import {lingerText, declaredLinger, keepLingering} from './lingering.ts';
import type {Warning} from '../../../settings/warning.ts';
import type {NextStart} from '../../service-manager/service-words.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Manager, Persistence} from '../../service-manager/service-manager.ts';
import {bootIsUnknown} from '../../service-manager/boot-words.ts';

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

const bootless = (facts: LinuxMachine): readonly Warning[] => [
	{
		code: 'not-at-boot',
		message: `Lingering stays off for ${facts.user.name}: the service stops when you log out and does not start at boot.`,
	},
];

/** NixOS rebuilds the machine from its configuration, which does not have what loginctl changed. */
const undeclared = ({user, linux}: LinuxMachine, settings: Settings): readonly Warning[] =>
	linux.nixos && settings.linger && !linux.lingering
		? [
				{
					code: 'linger-not-durable',
					message: `Lingering is turned on for now. ${keepLingering(user)}`,
				},
			]
		: [];

/** Windows does not keep WSL running because of services in it. */
const idle = ({linux}: LinuxMachine): readonly Warning[] =>
	linux.wsl
		? [
				{
					code: 'wsl-idle',
					message:
						'Windows stops WSL, and Vira with it, soon after you close the last WSL window. It starts WSL only when you open one.',
					fixes: [
						{
							say: 'To keep WSL running, set in .wslconfig in your Windows home folder: instanceIdleTimeout=-1 under [general] and vmIdleTimeout=-1 under [wsl2].',
						},
						{say: 'To start WSL at logon, create a task in Windows that runs wsl.exe.'},
					],
				},
			]
		: [];

/** The oldest systemd in the tests: that of Debian 11. */
const oldestTested = 247;

const untested = ({linux: {systemd}}: LinuxMachine): readonly Warning[] => {
	if (systemd === false || (systemd !== undefined && systemd >= oldestTested)) return [];
	const found =
		systemd === undefined ? 'systemctl does not report the version of systemd' : `This is systemd ${systemd}`;
	return [
		{
			code: 'systemd-untested',
			message: `${found}: vira-setup is tested with ${oldestTested} and newer.`,
		},
	];
};

const unknown = (why: string): Warning => ({
	code: 'boot-unknown',
	message: `${bootIsUnknown} ${why}`,
});

/** Warnings about the next boot if lingering is on. */
const bootWarnings = (facts: LinuxMachine): readonly Warning[] => {
	const boot = bootOf(facts);
	const gone = goneWarnings(facts);
	if (boot.starts === undefined) return [unknown(boot.why), ...gone];
	const isGone = boot.starts || gone.some(({message}) => message === boot.warning.message);
	return isGone ? gone : [boot.warning, ...gone];
};

/** Whether the service starts at the next boot, as far as that depends on the machine. */
export const atBoot = (
	facts: LinuxMachine,
): Pick<Persistence, 'startsAtBoot' | 'bootUnknown' | 'notAtBoot'> => {
	const boot = bootOf(facts);
	if (boot.starts === undefined) return {startsAtBoot: undefined, bootUnknown: boot.why};
	return boot.starts ? {startsAtBoot: true} : {startsAtBoot: false, notAtBoot: boot.warning.message};
};

/** A user manager runs from boot and after a logout only if lingering is on (loginctl(1), enable-linger). */
export const outlookOn = (facts: LinuxMachine, settings: Settings): ReturnType<Manager['outlook']> => {
	const lingers = settings.linger || facts.linux.lingering;
	return {
		...(lingers ? atBoot(facts) : {startsAtBoot: false}),
		survivesLogout: lingers,
		warnings: [
			...(lingers ? bootWarnings(facts) : [...bootless(facts), ...goneWarnings(facts)]),
			...undeclared(facts, settings),
			...idle(facts),
			...untested(facts),
		],
	};
};
