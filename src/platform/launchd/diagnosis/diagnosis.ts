import type {Fix} from '../../../notice.ts';
import type {Mac} from '../facts.ts';
import type {Diagnosed} from '../../service-manager/service-manager.ts';
import {startVira} from '../../service-manager/service-words.ts';

/** Why a service that is set up does not run, or will not keep running. */
type Trouble =
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

export const repair: Fix = {say: 'repairs it', command: 'vira-setup'};

export const byRepair = {fixes: [repair], fixedBy: 'us'} as const;

export const byStart = {fixes: [startVira], fixedBy: 'us'} as const;

/** launchctl failed, or printed something that is not understood. */
export const loadedUnknown = 'launchd did not report whether the service is loaded.';
export const unclearAnswer = 'launchctl timed out, or printed something unexpected.';

export const loginThenLock: Fix = {
	say: "Log in to the Mac's desktop once, then lock the screen: Vira keeps running.",
};

export const useStartupDisk: Fix = {say: 'Use an account whose home folder is on the startup disk.'};

export const storeSoon =
	'Mounting it can take a minute after a reboot. Wait for it, then run vira-setup again.';

/** An unknown version counts as the newest. */
export const majorVersion = ({version}: Mac['mac']): number =>
	version === undefined ? Infinity : Number.parseInt(version, 10);

/** Where macOS lists background items, with a switch for each. Before macOS 13 there was no such list. */
export const loginItems = ({mac}: Mac): string | undefined => {
	const major = majorVersion(mac);
	if (major < 13) return undefined;
	return `System Settings > General > ${major < 15 ? 'Login Items' : 'Login Items & Extensions'}`;
};

/** macOS names an entry after the program that launchd starts, which may be the shell that waits for the Nix store. */
export const switchItOn = (place: string): string =>
	`turn it on in ${place}, where it may be listed as "sh" or "vira"`;

export const atLogin = 'after your next desktop login';

export const afterReboot = 'It starts again after a reboot.';
