import type {Fix} from '../../notice.ts';
import {exitCode} from '../../errors.ts';
import type {RunCommand} from './run-command.ts';

/** The first action of a plan that needs root: if sudo is refused, nothing has changed yet. */
export const askForRoot = (otherWays: readonly Fix[]): RunCommand => ({
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
