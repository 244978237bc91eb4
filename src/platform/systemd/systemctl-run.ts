import {exitCode} from '../../errors.ts';
import {systemctlCommands} from './systemctl.ts';
import type {AfterChange} from '../actions/change-file.ts';
import type {RunCommand} from '../actions/run-command.ts';

/** systemd keeps the old unit in memory until it reloads; after an undo too (systemctl(1), daemon-reload). */
export const reloadAfterChange: AfterChange = {
	command: systemctlCommands.daemonReload,
	whyWritten: 'makes systemd read the new file',
	whyDeleted: 'makes systemd forget the service',
};

/** An action that changes the service through systemctl. */
export const systemctlRun = (
	command: RunCommand['command'],
	why: string,
	rest: Partial<RunCommand> = {},
): RunCommand => ({
	does: 'run',
	command,
	why,
	onFailure: {message: 'systemd refused to change the service.', exit: exitCode.refused},
	...rest,
});

/** An action that starts a process of the service: its failure shows the log. */
export const toProcess: Partial<RunCommand> = {
	onFailure: {message: 'systemd could not start the service.', exit: exitCode.unhealthy},
	logOnFailure: true,
};

/** A service that failed too often is not started again before this (systemctl(1), reset-failed). */
export const clearFailures = (rest: Partial<RunCommand> = {}): RunCommand =>
	systemctlRun(systemctlCommands.resetFailed, 'clear earlier failures', {mayFail: true, ...rest});

export const notEnabled = 'it is not enabled';

export const readsAgain = 'make systemd read the service files again';
