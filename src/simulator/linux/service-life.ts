import {managerSays, log} from './journal.ts';
import {cancelTimers, changeUnit, schedule, takePid, unitOf, type Machine} from '../machine.ts';
import type {UnitState, UnitText} from '../machine-state.ts';
import {execFailure, viraProgramAt} from '../programs.ts';
import {defineUnit, type UnitDefinition} from './unit-definition.ts';
import {collectUnit, knownUnit, viraOfUnit} from './units.ts';
import {endVira, signalNumbers, type EndingSignal} from '../vira/vira-life.ts';

/** systemd-system.conf(5): DefaultStartLimitIntervalSec=10s, DefaultStartLimitBurst=5. */
const startLimit = {withinMs: 10_000, starts: 5};

/** The first version seen to start immediately a unit that is waiting to be restarted, and to count from 0 after a manual restart. */
export const startsInPause = 257;

/** How long Vira takes to read its command line and its state. */
const viraBeginsMs = 40;

/** execve(2) failed: systemd.exec(5), process exit codes. */
const execFailed = 203;

const statusWords: Readonly<Record<number, string>> = {0: 'SUCCESS', 1: 'FAILURE', [execFailed]: 'EXEC'};

const titleOf = (name: string, description: string | undefined): string =>
	description === undefined || description === name ? name : `${name} - ${description}`;

const definitionOf = (machine: Machine, name: string): UnitDefinition | undefined => {
	const {loaded, lost} = unitOf(machine, name);
	return loaded && !lost ? defineUnit(name, loaded, machine.state) : undefined;
};

const unitRestartsAfter = (restart: string, status: number): boolean =>
	restart === 'always' || restart === (status === 0 ? 'on-success' : 'on-failure');

/** What the manager does when the main process of a unit exits without being stopped. */
export const mainProcessEnded = (machine: Machine, name: string, status: number): void => {
	const definition = definitionOf(machine, name);
	const result = status === 0 ? 'success' : 'exit-code';
	if (status !== 0) {
		const word = statusWords[status] ?? 'n/a';
		managerSays(machine, name, `${name}: Main process exited, code=exited, status=${status}/${word}`);
		managerSays(machine, name, `${name}: Failed with result 'exit-code'.`);
	}
	const ended = {result, exit: {code: 1, status}, mainPid: 0, process: undefined} as const;
	if (definition && unitRestartsAfter(definition.restart, status)) {
		changeUnit(machine, name, {...ended, active: 'activating', sub: 'auto-restart'});
		schedule(machine, {at: machine.state.clock + definition.restartMs, does: 'restart', unit: name});
		return;
	}
	if (status === 0 && definition?.remainsAfterExit) {
		changeUnit(machine, name, {...ended, active: 'active', sub: 'exited'});
		return;
	}
	if (status === 0) changeUnit(machine, name, {...ended, active: 'inactive', sub: 'dead'});
	else changeUnit(machine, name, {...ended, active: 'failed', sub: 'failed'});
	collectUnit(machine, name);
};

const whyNoProgram = async (machine: Machine, program: string): Promise<string | undefined> => {
	const found = await machine.files.inspect(program);
	if (found?.leadsTo === undefined) return 'No such file or directory';
	if (found.leadsTo !== 'file' || !found.executable) return 'Permission denied';
	return (await viraProgramAt(machine, program)) ? undefined : execFailure(machine, program);
};

const failToExecute = (machine: Machine, name: string, failure: {program: string; why: string}): void => {
	const by = {by: `(${failure.program.split('/').at(-1) ?? ''})`, pid: takePid(machine)};
	changeUnit(machine, name, {lastPid: by.pid});
	const {program, why} = failure;
	log(machine, name, {...by, text: `${name}: Failed to locate executable ${program}: ${why}`});
	log(machine, name, {...by, text: `${name}: Failed at step EXEC spawning ${program}: ${why}`});
	mainProcessEnded(machine, name, execFailed);
};

/**
 * Type=exec waits for execve(2), so a missing program is reported; Type=simple does not. With the other types, the start
 * finishes at a notification or an exit, which Vira does not do (systemd.service(5)).
 */
const isStartOver = ({type}: UnitDefinition): boolean => ['exec', 'simple', 'idle'].includes(type);

/** Whether the caller of the start keeps waiting. */
export const isStarting = ({sub}: UnitState): boolean => sub === 'start';

const startOver = {active: 'active', sub: 'running'} as const;

const runMainProcess = async (machine: Machine, name: string, definition: UnitDefinition): Promise<void> => {
	if (!(await viraProgramAt(machine, definition.program)))
		throw new Error(`The simulated machine does not support the program ${definition.program}`);
	const pid = takePid(machine);
	const {clock} = machine.state;
	const {program, arguments: words, environment, workingFolder: folder} = definition;
	const process = {program, arguments: [...words], environment: {...environment}, folder};
	// With Type=forking it is the control process, which is expected to start the main one.
	const mainPid = definition.type === 'forking' ? 0 : pid;
	const begun = isStartOver(definition) ? startOver : ({active: 'activating', sub: 'start'} as const);
	const running = {...begun, mainPid, lastPid: pid} as const;
	changeUnit(machine, name, {...running, startedAt: clock, process});
	schedule(machine, {at: clock + viraBeginsMs, does: 'vira-begins', unit: name, pid});
};

/** 128 bits in lower-case hexadecimal (sd-id128(3)). */
const newInvocation = ({state}: Machine): string => `${state.nextPid.toString(16)}e5`.padStart(32, 'c');

const spawnMain = async (machine: Machine, name: string, files: UnitText): Promise<boolean> => {
	const definition = defineUnit(name, files, machine.state);
	const {description, type, program, failures} = definition;
	const title = titleOf(name, description);
	const invocation = newInvocation(machine);
	changeUnit(machine, name, {loaded: files, lost: false, invocation});
	changeUnit(machine, name, {result: 'success', exit: {code: 0, status: 0}});
	for (const failure of failures) managerSays(machine, name, `${files.path}: ${failure}`);
	if (type !== 'simple') managerSays(machine, name, `Starting ${title}...`);
	const why = await whyNoProgram(machine, program);
	if (why === undefined) await runMainProcess(machine, name, definition);
	if ((why === undefined && isStartOver(definition)) || type === 'simple')
		managerSays(machine, name, `Started ${title}.`);
	if (why === undefined) return true;
	failToExecute(machine, name, {program, why});
	if (type !== 'simple') managerSays(machine, name, `Failed to start ${title}.`);
	return type === 'simple';
};

const isTooOften = (machine: Machine, name: string): boolean => {
	const {clock} = machine.state;
	const starts = unitOf(machine, name).starts.filter((at) => clock - at < startLimit.withinMs);
	const tooOften = starts.length >= startLimit.starts;
	changeUnit(machine, name, {starts: tooOften ? starts : [...starts, clock]});
	return tooOften;
};

const refuseStart = (machine: Machine, name: string, files: UnitText): void => {
	const {description} = defineUnit(name, files, machine.state);
	managerSays(machine, name, `${name}: Start request repeated too quickly.`);
	managerSays(machine, name, `${name}: Failed with result 'exit-code'.`);
	managerSays(machine, name, `Failed to start ${titleOf(name, description)}.`);
	changeUnit(machine, name, {loaded: files, active: 'failed', sub: 'failed', result: 'exit-code'});
};

/** The number of automatic restarts: older versions keep counting if the unit is restarted by hand during the pause. */
const restartsAfterStart = ({state}: Machine, {sub, restarts}: UnitState): number =>
	sub === 'auto-restart' && (state.systemd ?? 0) < startsInPause ? restarts : 0;

/** Starts a unit that can be loaded, whatever its state; false if its start job fails. */
export const startUnit = async (machine: Machine, name: string, files: UnitText): Promise<boolean> => {
	cancelTimers(machine, (timer) => timer.does === 'restart' && timer.unit === name);
	if (isTooOften(machine, name)) {
		refuseStart(machine, name, files);
		return false;
	}
	changeUnit(machine, name, {restarts: restartsAfterStart(machine, unitOf(machine, name))});
	return spawnMain(machine, name, files);
};

/** The automatic restart of systemd.service(5), Restart=; false if its start job fails. */
export const restartByItself = async (machine: Machine, name: string): Promise<boolean> => {
	const {files, definition} = await knownUnit(machine, name);
	if (!files) {
		changeUnit(machine, name, {active: 'failed', sub: 'failed'});
		return false;
	}
	const restarts = unitOf(machine, name).restarts + 1;
	managerSays(machine, name, `${name}: Scheduled restart job, restart counter is at ${restarts}.`);
	managerSays(machine, name, `Stopped ${titleOf(name, definition?.description)}.`);
	changeUnit(machine, name, {restarts});
	if (!isTooOften(machine, name)) return spawnMain(machine, name, files);
	refuseStart(machine, name, files);
	return false;
};

/** The code of waitid(2) for a process killed by a signal, as ExecMainCode= shows it. */
const killed = 2;

/** Ends the main process, if there is one, and returns how it ended. */
const endMainProcess = async (
	machine: Machine,
	name: string,
	killSignal: EndingSignal,
): Promise<UnitState['exit']> => {
	const vira = viraOfUnit(machine, name);
	if (!vira || definitionOf(machine, name)?.killsNothing) return {code: 1, status: 0};
	const {signal} = await endVira(vira, killSignal);
	return {code: killed, status: signalNumbers[signal]};
};

/** Stops a unit; one that has failed stays failed. Both signals count as a clean exit (systemd.service(5)). */
export const stopUnit = async (machine: Machine, name: string): Promise<void> => {
	const {active} = unitOf(machine, name);
	if (active !== 'active' && active !== 'activating') return;
	const {description, killSignal = 'SIGTERM'} = definitionOf(machine, name) ?? {};
	const title = titleOf(name, description);
	if (active === 'active') managerSays(machine, name, `Stopping ${title}...`);
	const ended = await endMainProcess(machine, name, killSignal);
	cancelTimers(machine, (timer) => 'unit' in timer && timer.unit === name);
	managerSays(machine, name, `Stopped ${title}.`);
	const {process, mainPid: pid, left = []} = unitOf(machine, name);
	const isLeft = process && definitionOf(machine, name)?.killsNothing;
	if (isLeft) changeUnit(machine, name, {left: [...left, {pid, process}]});
	const exit = active === 'active' ? {exit: ended, result: 'success' as const} : {};
	changeUnit(machine, name, {active: 'inactive', sub: 'dead', mainPid: 0, process: undefined, ...exit});
	collectUnit(machine, name);
};
