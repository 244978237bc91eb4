import {exitCode} from './errors.ts';

/** What each exit status means, for the people who write scripts. */
export const exitStatuses: readonly (readonly [status: number, meaning: string])[] = [
	[exitCode.done, 'done, or nothing to do'],
	[exitCode.unexpected, 'unexpected: a mistake in vira-setup, or a file that could not be changed'],
	[exitCode.usage, 'usage: an unknown flag, a wrong value, no terminal to ask in'],
	[exitCode.unsuitable, 'the machine cannot: no systemd, no Vira, root, a service of somebody else'],
	[
		exitCode.privilege,
		'insufficient privileges: lingering could not be turned on, or the log cannot be read',
	],
	[exitCode.refused, 'the service manager refused, Nix could not build, or Vira would not start'],
	[exitCode.unhealthy, 'the service did not become healthy; what a setup changed is undone'],
	[exitCode.wouldChange, '--check: something would change'],
	[exitCode.cancelled, 'cancelled'],
];
