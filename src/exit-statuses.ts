import {exitCode} from './errors.ts';

/** What each exit status means, for authors of scripts. */
export const exitStatuses: readonly (readonly [status: number, meaning: string])[] = [
	[exitCode.done, 'success, or nothing to do'],
	[
		exitCode.unexpected,
		'status or doctor found a problem, a file could not be changed, or an unexpected error (a bug in vira-setup)',
	],
	[exitCode.usage, 'usage error: an unknown option, an invalid value, or no terminal to ask in'],
	[
		exitCode.unsuitable,
		'unsuitable machine: no systemd, no Vira, run as root, or a service not created by vira-setup',
	],
	[
		exitCode.privilege,
		'insufficient privileges: lingering could not be turned on, or the log cannot be read',
	],
	[exitCode.refused, 'the service manager refused a change, Nix could not build, or Vira would not start'],
	[exitCode.unhealthy, 'the service did not become healthy; changes of a setup are undone'],
	[exitCode.wouldChange, '--check: something would change'],
	[exitCode.cancelled, 'cancelled'],
];
