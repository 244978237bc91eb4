import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {describe, type Action} from '../../platform/actions/action.ts';
import type {HealthCheck} from '../../platform/actions/progress.ts';
import {printable} from '../printable.ts';

/** A path with `~` for the home folder. */
export const shortPath = (path: string, home: string): string => {
	if (path === home) return '~';
	return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
};

/** What an action does, on one line. */
export const describeAction = (action: Action, home: string): string =>
	printable(maskLooks(describe(action, (path) => shortPath(path, home))));

/** The checks after the last action. */
export const checkTexts: Readonly<Record<HealthCheck, string>> = {
	running: 'Check that Vira keeps running',
	responding: 'Wait for Vira to respond',
};

/** undefined: unknown. */
export const yesOrNo = (yes: boolean | undefined): string => {
	if (yes === undefined) return 'unknown';
	return yes ? 'yes' : 'no';
};
