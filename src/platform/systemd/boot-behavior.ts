import type {LinuxMachine} from '../facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Manager, Persistence} from '../service-manager/service-manager.ts';
import {bootOf, goneWarnings} from './boot.ts';
import {bootIsUnknown} from '../service-manager/service-words.ts';
import {keepLingering} from './declared-linger.ts';

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
