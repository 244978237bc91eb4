import type {RunOptions, RunResult} from '../../platform/system.ts';
import {cancelTimers, changeUnit, unitOf, type Machine} from '../machine.ts';
import type {MachineState} from '../machine-state.ts';
import {failed, errorOutput, notFound, ranOutOfTime, output} from '../result.ts';
import {advance} from '../clock.ts';
import {managerVariables} from './unit-definition.ts';
import {isStarting, restartByItself, startUnit, startsInPause, stopUnit} from './service-life.ts';
import {managerProperties, systemdVersion, formatProperties, unitProperties} from './systemctl-show.ts';
import {disableUnit, enableUnit, maskUnit, unmaskUnit} from './unit-enablement.ts';
import {collectUnit, knownUnit, reloadUnits, type KnownUnit} from './units.ts';
import {whyNoUserManager} from './user-manager.ts';
import {sortWords, commandNotFound, type Words} from '../command-words.ts';

const grammar = {
	alone: ['--user', '--version', '--value', '--now', '--runtime'],
	valued: ['--property'],
};

const failedJob = (name: string): RunResult =>
	failed(
		`Job for ${name} failed because the control process exited with error code.\nSee "systemctl --user status ${name}" and "journalctl --user -xeu ${name}" for details.`,
	);

const startRefusal = (name: string, load: KnownUnit['load']): RunResult | undefined => {
	switch (load) {
		case 'loaded':
			return undefined;
		case 'not-found':
			return failed(`Unit ${name} not found.`, 5);
		case 'masked':
			return failed(`Unit ${name} is masked.`);
		case 'bad-setting':
			return failed(
				`Unit ${name} has a bad unit file setting.\nSee user logs and 'systemctl --user status ${name}' for details.`,
			);
	}
};

const changedOnDisk = (name: string): string =>
	`Warning: The unit file, source configuration file or drop-ins of ${name} changed on disk. Run 'systemctl --user daemon-reload' to reload units.`;

/**
 * If a unit is waiting to be restarted, a start is that restart and counts as one: immediately with systemd 257, at the
 * end of the pause with 247 and 252, as seen there.
 */
const startInPause = async (machine: Machine, name: string): Promise<boolean> => {
	const {state} = machine;
	const waits = state.timers.find((timer) => timer.does === 'restart' && timer.unit === name);
	cancelTimers(machine, (timer) => timer === waits);
	if (waits && (state.systemd ?? 0) < startsInPause) await advance(machine, waits.at - state.clock);
	return restartByItself(machine, name);
};

const startOrRestart =
	(subcommand: 'start' | 'restart') =>
	async (machine: Machine, name: string): Promise<RunResult> => {
		const {load, files, needsReload} = await knownUnit(machine, name);
		const refused = startRefusal(name, load);
		if (refused) return {...refused, stderr: `Failed to ${subcommand} ${name}: ${refused.stderr}`};
		const {active, sub} = unitOf(machine, name);
		const isRunning = active === 'active' || isStarting(unitOf(machine, name));
		const warning = needsReload ? changedOnDisk(name) : '';
		if (sub === 'auto-restart' && subcommand === 'start')
			return (await startInPause(machine, name)) ? errorOutput(warning) : failedJob(name);
		if (isRunning && subcommand === 'start') return errorOutput(warning);
		if (isRunning) await stopUnit(machine, name);
		if (files && !(await startUnit(machine, name, files))) return failedJob(name);
		return errorOutput(warning);
	};

const stopNamed = async (machine: Machine, name: string): Promise<RunResult> => {
	const {load} = await knownUnit(machine, name);
	const {active} = unitOf(machine, name);
	if (load === 'not-found' && active === 'inactive')
		return failed(`Failed to stop ${name}: Unit ${name} not loaded.`, 5);
	await stopUnit(machine, name);
	return errorOutput('');
};

/** A unit that is waiting to be restarted keeps waiting, and is no longer failed. */
const resetFailed = async (machine: Machine, name: string): Promise<RunResult> => {
	if (!machine.state.units[name])
		return failed(`Failed to reset failed state of unit ${name}: Unit ${name} not loaded.`);
	changeUnit(machine, name, {starts: [], restarts: 0, result: 'success'});
	if (unitOf(machine, name).active === 'failed') changeUnit(machine, name, {active: 'inactive', sub: 'dead'});
	collectUnit(machine, name);
	return Promise.resolve(errorOutput(''));
};

const isActive = async (machine: Machine, name: string): Promise<RunResult> => {
	const {active} = unitOf(machine, name);
	return Promise.resolve(output(active, active === 'active' ? 0 : 3));
};

type UnitSubcommand = (machine: Machine, name: string, runtime: boolean) => Promise<RunResult>;

const subcommands: Readonly<Record<string, UnitSubcommand>> = {
	start: startOrRestart('start'),
	restart: startOrRestart('restart'),
	stop: stopNamed,
	enable: enableUnit,
	disable: disableUnit,
	mask: maskUnit,
	unmask: unmaskUnit,
	'reset-failed': resetFailed,
	'is-active': isActive,
};

const shown = (properties: Readonly<Record<string, string>>, {flags}: Words): RunResult => {
	const asked = flags.get('--property')?.flatMap((names) => names.split(','));
	return output(formatProperties(properties, asked, flags.has('--value')));
};

const show = async (machine: Machine, words: Words): Promise<RunResult> => {
	const [, name] = words.plain;
	return shown(name === undefined ? managerProperties(machine) : await unitProperties(machine, name), words);
};

interface SystemctlWords {
	readonly command: readonly string[];
	readonly limitMs: number;
}

const onUser = async (
	machine: Machine,
	words: Words,
	{command, limitMs}: SystemctlWords,
): Promise<RunResult> => {
	const [subcommand = '', name, ...more] = words.plain;
	if (subcommand === 'daemon-reload' && name === undefined) {
		await reloadUnits(machine);
		return errorOutput('');
	}
	const does = subcommands[subcommand];
	const stopsToo = words.flags.has('--now');
	if (!does || name === undefined || more.length > 0 || (stopsToo && subcommand !== 'disable'))
		throw commandNotFound(command);
	const result = await does(machine, name, words.flags.has('--runtime'));
	// Waits for the job of a start that has not finished.
	if (['start', 'restart'].includes(subcommand) && isStarting(unitOf(machine, name))) {
		if (limitMs === Infinity) throw new Error('This command would never end.');
		await advance(machine, limitMs);
		return ranOutOfTime;
	}
	return stopsToo && result.exitCode === 0 ? stopNamed(machine, name) : result;
};

const version = (state: MachineState): string =>
	`${systemdVersion(state)}
+PAM +AUDIT +SELINUX +APPARMOR default-hierarchy=unified`;

/** The system manager reports user managers to everyone; 224 is EXIT_PAM (systemd.exec(5), Process Exit Codes). */
const ofSystem = ({state}: Machine, words: Words, command: readonly string[]): RunResult => {
	const [subcommand, name] = words.plain;
	if (subcommand !== 'show' || name !== `user@${state.user.uid}.service`) throw commandNotFound(command);
	if (!state.booted) return failed('System has not been booted with systemd as init system (PID 1).');
	const active = {running: 'active', starting: 'activating', stopped: 'inactive', refused: 'failed'};
	const properties = {
		ExecMainStatus: state.userManager === 'refused' ? '224' : '0',
		ActiveState: active[state.userManager],
	};
	return shown(properties, words);
};

const managerEnvironment = (state: MachineState): string =>
	Object.entries(managerVariables(state))
		.map(([name, value]) => `${name}=${value}`)
		.join('\n');

/** systemctl(1) as far as a user service needs it; texts and statuses as seen with systemd 252. */
export const systemctl = async (
	machine: Machine,
	command: readonly string[],
	{timeoutMs: limitMs = Infinity}: RunOptions = {},
): Promise<RunResult> => {
	const {state} = machine;
	if (state.systemd === undefined) return notFound;
	const words = sortWords(command, grammar);
	if (words.flags.has('--version')) return output(version(state));
	if (!words.flags.has('--user')) return ofSystem(machine, words, command);
	const why = whyNoUserManager(machine);
	if (why !== undefined) return failed(why);
	if (words.plain[0] === 'show') return show(machine, words);
	if (words.plain.join() === 'show-environment') return output(managerEnvironment(state));
	return onUser(machine, words, {command, limitMs});
};
