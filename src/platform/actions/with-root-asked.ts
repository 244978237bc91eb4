import type {Fix} from '../../notice.ts';
import {needsRoot, type Action} from './action.ts';
import {askForRoot} from './ask-for-root.ts';

/** If the domain can still be chosen. */
export const domainWithoutRoot: Fix = {
	say: 'Or use a domain that needs no administrator rights: --domain gui or --domain user.',
};

export const withRootAsked = (
	actions: readonly Action[],
	otherWays: readonly Fix[] = [],
): readonly Action[] => (actions.some(needsRoot) ? [askForRoot(otherWays), ...actions] : actions);
