import {exitCode, type Failure} from '../../errors.ts';
import type {Fix} from '../../notice.ts';
import type {User} from '../system.ts';
import {commandText} from '../command-text.ts';
import {exitPam} from './detect.ts';
import {commands} from './systemd.ts';
import type {Hopeless} from '../actions/wait-for.ts';
import {managerOfUser, restartManager} from './user-manager.ts';

/** PAM denies the account access (because it expired, or pam_access(8)), which stops its user manager from starting. */
export const accountRefused = ({name}: User): string =>
	`${managerOfUser({name})} cannot start: PAM denies the account access. The account may have expired.`;

/** What shows why, and what fixes it. */
export const admitted = ({name, uid}: User): readonly Fix[] => [
	{
		say: 'shows whether the account has expired',
		command: commandText(['sudo', 'chage', '--list', name]),
	},
	{
		say: 'removes the expiration date',
		command: commandText(['sudo', 'chage', '--expiredate', '-1', name]),
	},
	restartManager({uid}),
];

export const refusedAccountFailure = (user: User): Failure => ({
	message: accountRefused(user),
	detail: `systemd reports exit status ${exitPam} (PAM) for user@${user.uid}.service.`,
	fixes: admitted(user),
	exit: exitCode.unsuitable,
});

/** Ends the wait for a user manager that PAM does not allow to start. */
export const hopelessIfRefused = (user: User): Hopeless => ({
	probe: commands.showManager(user.uid),
	lines: [`ExecMainStatus=${exitPam}`, 'ActiveState=failed'],
	failure: refusedAccountFailure(user),
});
