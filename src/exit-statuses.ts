import {exitCode} from './errors.ts';

/** What each exit status means, for the people who write scripts. */
export const exitStatuses: readonly (readonly [status: number, meaning: string])[] = [
	[exitCode.done, 'done, or nothing to do'],
	[exitCode.unexpected, 'unexpected: a mistake in vira-setup, or a file that could not be changed'],
	[exitCode.usage, 'usage: an unknown flag, a wrong value, no terminal to ask in'],
	[exitCode.unsuitable, 'the machine cannot: no systemd, no Vira, root, a service of somebody else'],
	[exitCode.privilege, 'a right is missing: lingering could not be turned on'],
	[exitCode.refused, 'the service manager refused, or Nix could not build'],
	[exitCode.unhealthy, 'the service did not become healthy, and what was there before is back'],
	[exitCode.wouldChange, '--check: something would change'],
	[exitCode.cancelled, 'cancelled'],
];
