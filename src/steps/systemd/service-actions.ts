import {exitCode} from '../../errors.ts';
import type {LinuxMachine} from '../../platform/facts.ts';
import {commands} from '../../platform/linux/systemd.ts';
import type {Action, Run} from '../action.ts';
import type {Need} from '../manager.ts';

const run = (command: Run['command'], why: string, rest: Partial<Run> = {}): Run => ({
	does: 'run',
	command,
	why,
	onFailure: {what: 'systemd refused a change to the service.', code: exitCode.refused},
	...rest,
});

const isRunning = ({service}: LinuxMachine): boolean =>
	['active', 'activating', 'reloading', 'deactivating'].includes(service.active);

/**
 * Before the file of a running service changes. Stop and start, each the way back of the other, restore the old
 * process on the old file whichever action fails; `restart` would not.
 */
export const stopActions = (facts: LinuxMachine, hadUnit: boolean): readonly Action[] => {
	// Where the user manager does not answer yet, lingering starts it, and it starts what was enabled.
	const mayRun =
		isRunning(facts) || facts.service.exited === true || (facts.service.active === 'unknown' && hadUnit);
	return mayRun
		? [run(commands.stop, 'the running service stops before its file changes', {undo: commands.start})]
		: [];
};

/**
 * From a service that waits before it is started again, `restart` is what starts it now: `start` was seen to wait with
 * it (systemd 247, 252), and counts as one more restart of a service that ends by itself (257 as well). What it does in
 * the pause is systemd's to go on with: there is no way back.
 */
const startAction = (byRestart: boolean): Run =>
	run(byRestart ? commands.restart : commands.start, 'starts it now', {
		...(!byRestart && {undo: commands.stop}),
		onFailure: {what: 'The service could not be started.', code: exitCode.unhealthy},
		logOnFailure: true,
	});

/** Enabled and running, from whatever state it is in. */
export const serviceActions = (facts: LinuxMachine, {restart, stale}: Need): readonly Action[] => {
	const {service} = facts;
	// For a restart it was stopped before, and does not wait any more.
	const inPause = service.awaitsRestart && !restart;
	// systemd starts no service that it counts as active, though its process has exited.
	const byRestart = inPause || (service.exited === true && !restart);
	const start = restart || inPause || !isRunning(facts);
	return [
		...(stale ? [run(commands.daemonReload, 'systemd holds an older text of the service')] : []),
		...(service.enabled
			? []
			: [run(commands.enable, 'it starts together with your user manager', {undo: commands.disable})]),
		...(start
			? [
					run(commands.resetFailed, 'earlier failures do not count', {
						undo: commands.resetFailed,
						mayFail: true,
					}),
					startAction(byRestart),
				]
			: []),
	];
};
