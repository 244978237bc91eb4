import type {Fix} from '../../notice.ts';
import {exitedStatus, killedSignal} from '../run-result.ts';
import type {Mac} from '../facts.ts';
import {isOfMacos} from './agents.ts';
import type {Diagnosed} from '../service-manager/service-manager.ts';
import type {Domain, LoadedAgent} from './launchctl.ts';

/** Why a service that is set up does not run, or will not keep running. */
export type Trouble =
	// launchd has loaded it.
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
	// launchd may or may not have loaded it.
	| 'switched-off'
	| 'unclear'
	// launchd has not loaded it.
	| 'no-session'
	| 'file-not-trusted'
	| 'file-on-volume'
	| 'stopped'
	| 'not-loaded';

/** One problem, in words for a person who does not know launchd. */
export interface Diagnosis extends Diagnosed {
	readonly code: Trouble;
}

export const setUpAgain: Fix = {say: 'repairs it', command: 'vira-setup'};

/** launchctl failed, or printed something that is not understood. */
export const loadedUnknown = 'launchd did not report whether the service is loaded.';
export const unclearAnswer = 'launchctl timed out, or printed something unexpected.';

export const loginThenLock: Fix = {
	say: "Log in to the Mac's desktop once, then lock the screen: Vira keeps running.",
};

export const useStartupDisk: Fix = {say: 'Use an account whose home folder is on the startup disk.'};

export const storeSoon =
	'Mounting it can take a minute after a reboot. Wait for it, then run vira-setup again.';

/** Where macOS lists background items, with a switch for each. Before macOS 13 there was no such list. */
export const loginItems = ({mac: {version}}: Mac): string | undefined => {
	const major = version === undefined ? Infinity : Number.parseInt(version, 10);
	if (major < 13) return undefined;
	return `System Settings > General > ${major < 15 ? 'Login Items' : 'Login Items & Extensions'}`;
};

/** macOS names an entry after the program that launchd starts, which may be the shell that waits for the Nix store. */
export const switchItOn = (place: string): string =>
	`turn it on in ${place}, where it may be listed as "sh" or "vira"`;

export const atLogin = 'after your next desktop login';

/** When launchd automatically starts a service that exited without an error or that is not loaded. */
export const nextStart: Readonly<Record<Domain, string | undefined>> = {
	gui: atLogin,
	user: undefined,
	system: 'after a reboot',
};

export const afterReboot = 'It starts again after a reboot.';

/** How its last process ended, as the end of a sentence. */
export const endingText = ({lastExit}: Pick<LoadedAgent, 'lastExit'>): string =>
	typeof lastExit === 'number'
		? exitedStatus(lastExit)
		: lastExit !== undefined && isOfMacos(lastExit)
			? `was killed by macOS (${lastExit})`
			: killedSignal(lastExit ?? 'unknown');
