import {exitCode, type Complaint} from '../../errors.ts';
import type {User} from '../system.ts';
import {commandText} from '../command-text.ts';
import {exitPam} from './detect.ts';
import {commands} from './systemd.ts';
import type {Hopeless} from '../actions/action.ts';
import {managerOfUser, restartManager} from './user-manager.ts';

/** PAM denies the account access (because it expired, or pam_access(8)), which stops its user manager from starting. */
export const accountRefused = ({name}: User): string =>
	`${managerOfUser({name})} cannot start: PAM denies the account access. The account may have expired.`;

/** What shows why, and what fixes it. */
export const admitted = ({name, uid}: User): readonly string[] => [
	`${commandText(['sudo', 'chage', '--list', name])}   shows whether the account has expired`,
	`${commandText(['sudo', 'chage', '--expiredate', '-1', name])}   removes the expiration date`,
	restartManager({uid}),
];

export const refusedComplaint = (user: User): Complaint => ({
	what: accountRefused(user),
	why: `systemd reports exit status ${exitPam} (PAM) for user@${user.uid}.service.`,
	next: admitted(user),
	code: exitCode.unsuitable,
});

/** Ends the wait for a user manager that PAM does not allow to start. */
export const hopelessIfRefused = (user: User): Hopeless => ({
	probe: commands.showManager(user.uid),
	lines: [`ExecMainStatus=${exitPam}`, 'ActiveState=failed'],
	complaint: refusedComplaint(user),
});
