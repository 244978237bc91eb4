import type {Mac} from '../../platform/facts.ts';
import {isOfMacos} from '../../platform/macos/agents.ts';
import type {Diagnosed} from '../manager.ts';
import type {Domain, LoadedAgent} from '../../platform/macos/launchctl.ts';

/** Why a service that is set up does not run, or will not for long. */
export type Trouble =
	// launchd has it.
	| 'loaded-twice'
	| 'other-file'
	| 'other-domain'
	| 'file-gone'
	| 'ending'
	| 'waits-for-store'
	| 'put-off'
	| 'ended'
	| 'crashed'
	| 'crash-loop'
	| 'program-replaced'
	| 'program-unusable'
	| 'folder-unusable'
	| 'log-unusable'
	| 'not-startable'
	// launchd may have it or not.
	| 'switched-off'
	| 'unclear'
	// launchd does not have it.
	| 'no-session'
	| 'file-not-trusted'
	| 'file-on-volume'
	| 'stopped'
	| 'not-loaded';

/** One trouble, in words for somebody who does not know launchd. */
export interface Diagnosis extends Diagnosed {
	readonly code: Trouble;
}

export const startIt = 'vira-setup start';
export const setUpAgain = 'vira-setup';
export const seeLog = 'vira-setup logs';

/** Where macOS lists what runs in the background, with a switch for each; before macOS 13 there was no such list. */
export const loginItems = ({mac: {version}}: Mac): string | undefined => {
	const major = version === undefined ? Infinity : Number.parseInt(version, 10);
	if (major < 13) return undefined;
	return `System Settings, General, ${major < 15 ? 'Login Items' : 'Login Items & Extensions'}`;
};

/** macOS names an entry there after the program that it starts, which may be the shell that waits for the Nix store. */
export const switchItOn = (place: string): string =>
	`switch it on in ${place}, where it may be listed as "sh" or "vira"`;

/** When launchd starts a service again by itself that has ended well, or that it does not have now. */
export const nextStart: Readonly<Record<Domain, string | undefined>> = {
	gui: 'at your next login at the screen',
	user: undefined,
	system: 'at the next start of the Mac',
};

/** How its process ended last, as the end of a sentence. */
export const endingText = ({lastExit}: Pick<LoadedAgent, 'lastExit'>): string =>
	typeof lastExit === 'number'
		? `with status ${lastExit}`
		: lastExit !== undefined && isOfMacos(lastExit)
			? `by macOS (${lastExit})`
			: `by the signal ${lastExit ?? 'unknown'}`;
