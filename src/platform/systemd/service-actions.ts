import type {LinuxMachine} from '../facts.ts';
import {commands} from './systemd.ts';
import type {Action, Run} from '../actions/action.ts';
import type {Need} from '../service-manager/service-manager.ts';
import {beforeFileChanges} from '../service-manager/service-words.ts';
import {clearFailures, readsAgain, systemctlRun, toProcess} from './systemctl-run.ts';

const isRunning = ({service}: LinuxMachine): boolean =>
	['active', 'activating', 'reloading', 'deactivating'].includes(service.active);

/**
 * Run before the file of a running service changes. Stop and start undo each other, so whichever action fails, the old
 * process runs again from the old file; `restart` would not ensure that.
 */
export const stopActions = (facts: LinuxMachine, hadUnit: boolean): readonly Action[] => {
	// If the user manager does not respond yet, lingering starts it, and it starts every enabled service.
	const mayRun =
		isRunning(facts) || facts.service.exited === true || (facts.service.active === 'unknown' && hadUnit);
	return mayRun ? [systemctlRun(commands.stop, beforeFileChanges, {undo: commands.start})] : [];
};

/**
 * A service that is waiting to be restarted is started now by `restart`: `start` was seen to wait as well (systemd 247,
 * 252), and counts as another automatic restart (257 too). There is no undo: in that pause, systemd decides what
 * happens next.
 */
const startAction = (byRestart: boolean): Run =>
	systemctlRun(byRestart ? commands.restart : commands.start, 'start the service', {
		...(!byRestart && {undo: commands.stop}),
		...toProcess,
	});

/** Enables and starts the service, whatever its state. */
export const serviceActions = (facts: LinuxMachine, {restart, stale}: Need): readonly Action[] => {
	const {service} = facts;
	// For a restart it was stopped before, so it is not waiting.
	const inPause = service.awaitsRestart && !restart;
	// systemd does not start a service that it considers active, even if its process has exited.
	const byRestart = inPause || (service.exited === true && !restart);
	const start = restart || inPause || !isRunning(facts);
	return [
		...(stale ? [systemctlRun(commands.daemonReload, readsAgain)] : []),
		...(service.enabled
			? []
			: [
					systemctlRun(commands.enable, 'make the service start with your systemd user manager', {
						undo: commands.disable,
					}),
				]),
		...(start ? [clearFailures({undo: commands.resetFailed}), startAction(byRestart)] : []),
	];
};
