import {exitCode} from '../../errors.ts';
import {commands} from './systemd.ts';
import type {Run} from '../actions/action.ts';

/** An action that changes the service through systemctl. */
export const systemctlRun = (command: Run['command'], why: string, rest: Partial<Run> = {}): Run => ({
	does: 'run',
	command,
	why,
	onFailure: {message: 'systemd refused to change the service.', exit: exitCode.refused},
	...rest,
});

/** An action that starts a process of the service: its failure shows the log. */
export const toProcess: Partial<Run> = {
	onFailure: {message: 'systemd could not start the service.', exit: exitCode.unhealthy},
	logOnFailure: true,
};

/** A service that failed too often is not started again before this (systemctl(1), reset-failed). */
export const clearFailures = (rest: Partial<Run> = {}): Run =>
	systemctlRun(commands.resetFailed, 'clear earlier failures', {mayFail: true, ...rest});

export const notEnabled = 'it is not enabled';

export const readsAgain = 'make systemd read the service files again';
