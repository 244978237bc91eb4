import {exitCode, type Complaint} from '../../errors.ts';
import type {User} from '../../platform/facts.ts';
import {lingerText} from '../../platform/linux/linger-file.ts';
import type {Run} from '../action.ts';

/** logind answers within milliseconds; where it hangs, D-Bus would wait for 25 s (sd_bus_call(3)). */
const limitMs = 5000;

/** The service that turns lingering on and off hangs: no privilege is missing. */
export const logindSilence = 'systemd-logind does not answer, and nothing else turns lingering on or off.';

/** Makes it answer again; sessions stay. */
export const wakeLogind = 'sudo systemctl restart systemd-logind';

export const logindSilent: Complaint = {
	what: logindSilence,
	next: [wakeLogind, 'Then start vira-setup again.'],
	code: exitCode.refused,
};

/** How a command of lingering takes a logind that hangs: once, for some seconds. */
export const untilSilent = (user: User, does: 'enable' | 'disable'): Pick<Run, 'limitMs' | 'onTimeout'> => ({
	limitMs,
	onTimeout: {
		complaint: logindSilent,
		left: {
			what: `Lingering of ${user.name} may be ${does === 'enable' ? 'on' : 'off'} once systemd-logind answers again.`,
			next: [lingerText(does === 'enable' ? 'disable' : 'enable', user)],
			code: exitCode.refused,
		},
	},
});
