import type {LinuxMachine} from '../facts.ts';
import type {Notice} from '../../notice.ts';
import {managerOfUser, restartManager} from './user-manager.ts';

/** If lingering is on, a user manager that does not respond is broken. */
export const managerSilent = ({user, linux}: LinuxMachine): Notice => ({
	level: 'error',
	code: 'user-manager-silent',
	message: `${managerOfUser(user)} does not respond, although lingering is on.`,
	detail: linux.userManager.answers ? undefined : linux.userManager.why,
	fixes: [restartManager(user)],
});
