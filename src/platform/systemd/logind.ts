import {exitCode, type Failure} from '../../errors.ts';
import type {User} from '../system.ts';
import {lingerText} from './linger-file.ts';
import type {RunCommand} from '../actions/run-command.ts';
import {runAgain} from '../service-manager/service-words.ts';

/** logind responds within milliseconds; if it hangs, D-Bus would wait for 25 s (sd_bus_call(3)). */
const limitMs = 5000;

/** The service that turns lingering on and off hangs: this is not about privileges. */
export const logindSilence = 'systemd-logind does not respond, and only it can turn lingering on or off.';

/** Makes it respond again; sessions stay. */
export const wakeLogind = 'sudo systemctl restart systemd-logind';

export const logindSilent: Failure = {
	message: logindSilence,
	fixes: [{say: '', command: wakeLogind}, runAgain],
	exit: exitCode.refused,
};

/** The time limit of a command that turns lingering on or off, and what to report if logind hangs. */
export const untilSilent = (
	user: User,
	does: 'enable' | 'disable',
): Pick<RunCommand, 'limitMs' | 'onTimeout'> => ({
	limitMs,
	onTimeout: {
		failure: logindSilent,
		left: {
			message: `Lingering may be ${does === 'enable' ? 'on' : 'off'} for ${user.name} once systemd-logind responds again.`,
			fixes: [{say: '', command: lingerText(does === 'enable' ? 'disable' : 'enable', user)}],
			exit: exitCode.refused,
		},
	},
});
