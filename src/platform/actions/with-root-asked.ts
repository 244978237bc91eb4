import type {Fix} from '../../notice.ts';
import {exitCode} from '../../errors.ts';
import {needsRoot, type Action} from './action.ts';
import type {RunCommand} from './run-command.ts';

/** The first action of a plan that needs root: if sudo is refused, nothing has changed yet. */
const askForRoot = (otherWays: readonly Fix[]): RunCommand => ({
	does: 'run',
	command: ['/usr/bin/true'],
	asRoot: true,
	why: 'ask for the sudo password before anything changes',
	onFailure: {
		message: 'Insufficient privileges: one step needs administrator rights, and sudo did not allow it.',
		fixes: [
			{say: 'In a script, vira-setup never asks for a password: run "sudo -v" first, in the same terminal.'},
			...otherWays,
		],
		exit: exitCode.privilege,
	},
});

/** If the domain can still be chosen. */
export const domainWithoutRoot: Fix = {
	say: 'Or use a domain that needs no administrator rights: --domain gui or --domain user.',
};

export const withRootAsked = (
	actions: readonly Action[],
	otherWays: readonly Fix[] = [],
): readonly Action[] => (actions.some(needsRoot) ? [askForRoot(otherWays), ...actions] : actions);
