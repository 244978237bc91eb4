import {exitCode, type Complaint} from '../../errors.ts';
import type {User} from '../../platform/facts.ts';
import {commandText} from '../../platform/command-text.ts';
import {exitPam} from '../../platform/linux/detect.ts';
import {commands} from '../../platform/linux/systemd.ts';
import type {Hopeless} from '../action.ts';

/** PAM keeps this person out (an account that has expired, pam_access(8)), and so their user manager as well. */
export const accountRefused = ({name}: User): string =>
	`The user manager of ${name} cannot start: PAM denies the account access. It may have expired.`;

/** What shows why, and brings it back. */
export const admitted = ({name, uid}: User): readonly string[] => [
	`${commandText(['sudo', 'chage', '--list', name])}   shows whether it has expired`,
	`${commandText(['sudo', 'chage', '--expiredate', '-1', name])}   lets it in again`,
	`sudo systemctl restart user@${uid}.service   starts the user manager then`,
];

export const refusedComplaint = (user: User): Complaint => ({
	what: accountRefused(user),
	why: `systemd reports status ${exitPam} (PAM) for user@${user.uid}.service.`,
	next: admitted(user),
	code: exitCode.unsuitable,
});

/** Ends a wait for a user manager that PAM does not let start. */
export const hopelessIfRefused = (user: User): Hopeless => ({
	probe: commands.showManager(user.uid),
	lines: [`ExecMainStatus=${exitPam}`, 'ActiveState=failed'],
	complaint: refusedComplaint(user),
});
