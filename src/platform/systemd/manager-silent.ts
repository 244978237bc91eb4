import type {LinuxMachine} from '../facts.ts';
import type {Refusal} from '../service-manager/advice.ts';
import {managerOfUser, restartManager} from './user-manager.ts';

/** If lingering is on, a user manager that does not respond is broken. */
export const managerSilent = ({user, linux}: LinuxMachine): Refusal => ({
	level: 'refusal',
	code: 'user-manager-silent',
	title: `${managerOfUser(user)} does not respond, although lingering is on.`,
	detail: linux.userManager.answers ? '' : linux.userManager.why,
	fixes: [restartManager(user)],
});
