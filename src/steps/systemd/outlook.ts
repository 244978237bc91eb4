import type {LinuxMachine} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Manager} from '../manager.ts';

const bootless = (facts: LinuxMachine): readonly Warning[] => [
	{
		code: 'not-at-boot',
		sentence: `Lingering stays off for ${facts.user.name}: the service stops when you log out and does not start at boot.`,
	},
];

/** NixOS makes the machine from its configuration; what loginctl does is not in it. */
const undeclared = ({user, linux}: LinuxMachine, settings: Settings): readonly Warning[] =>
	linux.nixos && settings.linger && !linux.lingering
		? [
				{
					code: 'linger-not-durable',
					sentence: `Lingering is turned on for now. To keep it, add to the NixOS configuration: users.users.${user.name}.linger = true;`,
				},
			]
		: [];

/** A user manager runs from boot on, and after a logout, exactly where lingering is on (loginctl(1), enable-linger). */
export const outlookOn = (facts: LinuxMachine, settings: Settings): ReturnType<Manager['outlook']> => {
	const lingers = settings.linger || facts.linux.lingering;
	return {
		startsAtBoot: lingers,
		survivesLogout: lingers,
		warnings: [...(lingers ? [] : bootless(facts)), ...undeclared(facts, settings)],
	};
};
