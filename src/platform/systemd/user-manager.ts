import type {Fix, Notice} from '../../notice.ts';
import {systemctlCommands} from './systemctl.ts';
import type {User} from '../system.ts';
import type {Hopeless, WaitFor} from '../actions/wait-for.ts';
import type {LinuxMachine} from './facts.ts';
import {exitCode, type Failure} from '../../errors.ts';
import {commandText} from '../command-text.ts';

/** The subject of a sentence. */
export const managerOfUser = ({name}: Pick<User, 'name'>): string => `The systemd user manager of ${name}`;

export const restartManager = ({uid}: Pick<User, 'uid'>): Fix => ({
	say: 'restarts the user manager',
	command: `sudo systemctl restart user@${uid}.service`,
});

/** For a manager that is starting, or is about to. */
export const untilManagerResponds: Pick<WaitFor, 'does' | 'probe' | 'until' | 'withinMs' | 'why'> = {
	does: 'wait-for',
	probe: systemctlCommands.managerVersion,
	until: {exitCode: 0},
	withinMs: 15_000,
	why: 'Wait for the systemd user manager',
};

/** If lingering is on, a user manager that does not respond is broken. */
export const managerSilent = ({user, linux}: LinuxMachine): Notice => ({
	level: 'error',
	code: 'user-manager-silent',
	message: `${managerOfUser(user)} does not respond, although lingering is on.`,
	detail: linux.userManager.answers ? undefined : linux.userManager.why,
	fixes: [restartManager(user)],
});

/** systemd.exec(5), Process Exit Codes: EXIT_PAM. */
export const exitPam = '224';

/**
 * PAM denies the account access (because it expired, or pam_access(8)), which stops its user manager from starting. The
 * fixes show why, and end it.
 */
export const accountRefused = ({name, uid}: User): Required<Pick<Notice, 'message' | 'fixes'>> => ({
	message: `${managerOfUser({name})} cannot start: PAM denies the account access. The account may have expired.`,
	fixes: [
		{
			say: 'shows whether the account has expired',
			command: commandText(['sudo', 'chage', '--list', name]),
		},
		{
			say: 'removes the expiration date',
			command: commandText(['sudo', 'chage', '--expiredate', '-1', name]),
		},
		restartManager({uid}),
	],
});

export const refusedAccountFailure = (user: User): Failure => {
	const {message, fixes} = accountRefused(user);
	const detail = `systemd reports exit status ${exitPam} (PAM) for user@${user.uid}.service.`;
	return {message, detail, fixes, exit: exitCode.unsuitable};
};

/** Ends the wait for a user manager that PAM does not allow to start. */
export const hopelessIfRefused = (user: User): Hopeless => ({
	probe: systemctlCommands.showManager(user.uid),
	lines: [`ExecMainStatus=${exitPam}`, 'ActiveState=failed'],
	failure: refusedAccountFailure(user),
});
