import type {LinuxMachine} from '../../platform/facts.ts';
import type {Refusal} from '../advice.ts';

/** Where services run without a login, a user manager that does not answer is out of order. */
export const managerSilent = ({user, linux}: LinuxMachine): Refusal => ({
	level: 'refusal',
	code: 'user-manager-silent',
	title: `The user manager of ${user.name} does not answer, although lingering is on.`,
	detail: linux.userManager.answers ? '' : linux.userManager.why,
	fixes: [`sudo systemctl restart user@${user.uid}.service`],
});
