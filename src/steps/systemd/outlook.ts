import type {LinuxMachine} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Manager, Persistence} from '../manager.ts';
import {bootOf, goneWarnings} from './boot.ts';
import {declaredLinger} from './declared-linger.ts';

const bootless = (facts: LinuxMachine): readonly Warning[] => [
	{
		code: 'not-at-boot',
		message: `Lingering stays off for ${facts.user.name}: the service stops when you log out and does not start at boot.`,
	},
];

/** NixOS makes the machine from its configuration; what loginctl does is not in it. */
const undeclared = ({user, linux}: LinuxMachine, settings: Settings): readonly Warning[] =>
	linux.nixos && settings.linger && !linux.lingering
		? [
				{
					code: 'linger-not-durable',
					message: `Lingering is turned on for now. To keep it, add to the NixOS configuration: ${declaredLinger(user)}`,
				},
			]
		: [];

/** Windows keeps no instance of Linux for the sake of its services. */
const idle = ({linux}: LinuxMachine): readonly Warning[] =>
	linux.wsl
		? [
				{
					code: 'wsl-idle',
					message:
						'Windows stops WSL soon after its last window is closed, and Vira with it; and it starts WSL only when somebody opens one.',
					fixes: [
						'In .wslconfig, in your home folder of Windows: instanceIdleTimeout=-1 under [general], and vmIdleTimeout=-1 under [wsl2].',
						'A task of Windows that runs wsl.exe at logon starts it.',
					],
				},
			]
		: [];

/** That of Debian 11: of those that vira-setup is tested with, the oldest. */
const oldestTested = 247;

const untested = ({linux: {systemd}}: LinuxMachine): readonly Warning[] => {
	if (systemd === false || (systemd !== undefined && systemd >= oldestTested)) return [];
	const found =
		systemd === undefined ? 'systemctl does not say which systemd this is' : `This is systemd ${systemd}`;
	return [
		{
			code: 'systemd-untested',
			message: `${found}: vira-setup is tested with ${oldestTested} and newer.`,
		},
	];
};

const unknown = (why: string): Warning => ({
	code: 'boot-unknown',
	message: `It is not known whether the service starts at boot. ${why}`,
});

/** What is to be said of the next boot of a service that lingers. */
const bootWarnings = (facts: LinuxMachine): readonly Warning[] => {
	const boot = bootOf(facts);
	const gone = goneWarnings(facts);
	if (boot.starts === undefined) return [unknown(boot.why), ...gone];
	const isGone = boot.starts || gone.some(({message}) => message === boot.warning.message);
	return isGone ? gone : [boot.warning, ...gone];
};

/** What the next boot brings, as far as the machine itself decides it. */
export const atBoot = (
	facts: LinuxMachine,
): Pick<Persistence, 'startsAtBoot' | 'bootUnknown' | 'notAtBoot'> => {
	const boot = bootOf(facts);
	if (boot.starts === undefined) return {startsAtBoot: undefined, bootUnknown: boot.why};
	return boot.starts ? {startsAtBoot: true} : {startsAtBoot: false, notAtBoot: boot.warning.message};
};

/** A user manager runs from boot on, and after a logout, exactly where lingering is on (loginctl(1), enable-linger). */
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
