import {cancelTimers, schedule, takePid, type Machine} from '../../machine.ts';
import {endVira, signalNumbers, type EndingSignal} from '../../vira/vira-life.ts';
import {behaviourOf, changeService, dropService, macOf, serviceOf} from '../mac.ts';
import {killedForSignature} from './code-signature.ts';
import type {Ended, LaunchdJob, LaunchdTimer, LaunchedService} from '../mac-state.ts';
import {becomeVira, demandSupported, openLogs, isStartable, viraOfService} from './service-process.ts';

/** How long a process takes to exit after SIGTERM or SIGINT: long enough that a caller has to wait. */
const termDelayMs = 1500;

export const sigkill = 9;

/** `last exit code` of a service that launchd could not start (sysexits.h). */
const exConfig = 78;

/** launchd's reason for a start on request. */
export const onDemand = 'non-ipc demand';

/** Whether its process was asked to stop. */
export const isEnding = ({state}: LaunchedService): boolean => state === 'SIGTERMed' || state === 'SIGKILLed';

type What = Pick<LaunchdTimer, 'what' | 'pid'>;

/** Schedules an event for a service. */
export const after = (machine: Machine, ms: number, {id, ...what}: What & {readonly id: string}): void =>
	schedule(machine, {at: machine.state.clock + ms, does: 'launchd', service: id, ...what});

const forgetTimers = (machine: Machine, id: string): void =>
	cancelTimers(machine, (timer) => timer.does === 'launchd' && timer.service === id);

/** Removes the service from launchd. */
export const forgetService = (machine: Machine, id: string): void => {
	forgetTimers(machine, id);
	dropService(machine, id);
};

const endedWell = (ending: Ended): boolean => ending.how === 'exit' && ending.code === 0;

/** Each key of KeepAlive is a separate reason to restart the job (launchd.plist(5)). */
export const restartsAfter = ({keepAlive}: LaunchdJob, ending: Ended): boolean => {
	if (typeof keepAlive === 'boolean') return keepAlive;
	const {SuccessfulExit: successful, Crashed: crashed} = keepAlive;
	const bySignal = ending.how === 'signal';
	// Measured on 26.4: Crashed alone does not restart it after SIGKILL.
	const counts = bySignal && !(successful === undefined && ending.signal === sigkill);
	const onExit = successful !== undefined && successful === endedWell(ending);
	const onCrash = crashed !== undefined && (crashed ? counts : !bySignal);
	return onExit || onCrash;
};

const withoutProcess = {pid: undefined, process: undefined, afterwards: undefined} as const;

const scheduleSpawn = (machine: Machine, id: string, {job, startedAt}: LaunchedService): void => {
	const {clock} = machine.state;
	const nextSpawnAt = Math.max(clock, (startedAt ?? 0) + job.throttleMs);
	changeService(machine, id, {state: 'spawn scheduled', nextSpawnAt});
	after(machine, nextSpawnAt - clock, {id, what: 'spawn'});
};

/** What launchd does when the process of a service has exited, for any reason. */
export const processEnded = async (machine: Machine, id: string, last: Ended): Promise<void> => {
	const service = serviceOf(machine, id);
	if (!service) return;
	forgetTimers(machine, id);
	changeService(machine, id, {...withoutProcess, state: 'not running', last});
	if (service.afterwards === 'remove') {
		dropService(machine, id);
		return;
	}
	if (service.afterwards === 'spawn') return spawn(machine, id, onDemand);
	if (!restartsAfter(service.job, last)) return;
	if (behaviourOf(macOf(machine), service.label).pendOnRestart)
		changeService(machine, id, {pended: 'inefficient'});
	else scheduleSpawn(machine, id, service);
};

const beginRun = async (machine: Machine, id: string): Promise<void> => {
	const service = serviceOf(machine, id);
	if (!service) return;
	const pid = takePid(machine);
	changeService(machine, id, {state: 'running', pid});
	await openLogs(machine, service);
	const {exitAfterMs} = behaviourOf(macOf(machine), service.label);
	if (exitAfterMs !== undefined) after(machine, exitAfterMs, {id, what: 'end', pid});
	const status = await becomeVira(machine, id);
	if (status !== undefined) await processEnded(machine, id, {how: 'exit', code: status});
};

/** Starts a loaded service from the property list that launchd has loaded. */
export const spawn = async (machine: Machine, id: string, reason: string): Promise<void> => {
	const service = serviceOf(machine, id);
	if (!service) return;
	if (service.pid !== undefined) throw new Error(`${id}: would have two processes`);
	const {spawnFails, spawnDelayMs = 0} = behaviourOf(macOf(machine), service.label);
	const cannot = spawnFails === true || !(await isStartable(machine, service));
	if (!cannot) await demandSupported(machine, service);
	forgetTimers(machine, id);
	const {clock: startedAt} = machine.state;
	const {runs} = service;
	changeService(machine, id, {runs: runs + 1, startedAt, reason, pended: undefined, nextSpawnAt: undefined});
	if (cannot) return processEnded(machine, id, {how: 'exit', code: exConfig});
	const killed = await killedForSignature(machine, id);
	if (killed) return processEnded(machine, id, killed);
	if (spawnDelayMs === 0) return beginRun(machine, id);
	changeService(machine, id, {state: 'spawning'});
	after(machine, spawnDelayMs, {id, what: 'start'});
};

/** The process has been created, after the state `spawning`. */
export const finishSpawning = (machine: Machine, id: string): Promise<void> => beginRun(machine, id);

const endDelay = (machine: Machine, label: string): number =>
	behaviourOf(macOf(machine), label).termDelayMs ?? termDelayMs;

/** Sends SIGINT to the process: when it has exited, launchd follows KeepAlive. A waiting shell keeps waiting. */
export const interruptService = (machine: Machine, id: string): void => {
	const {pid, label, process, state} = serviceOf(machine, id) ?? {};
	if (pid === undefined || !process || state !== 'running' || label === undefined) return;
	const {timers} = machine.state;
	const isInterrupted = timers.some(
		(one) => one.does === 'launchd' && one.what === 'interrupted' && one.pid === pid,
	);
	if (!isInterrupted) after(machine, endDelay(machine, label), {id, what: 'interrupted', pid});
};

/** Sends SIGTERM, and SIGKILL after ExitTimeOut. Immediate if nothing is running. */
export const endService = async (
	machine: Machine,
	id: string,
	afterwards: 'remove' | 'spawn',
): Promise<void> => {
	const service = serviceOf(machine, id);
	if (!service) return;
	const {pid, label, job, process} = service;
	if (isEnding(service)) {
		if (afterwards === 'remove') changeService(machine, id, {afterwards});
		return;
	}
	if (pid === undefined) {
		if (afterwards === 'spawn') return spawn(machine, id, onDemand);
		forgetService(machine, id);
		return;
	}
	forgetTimers(machine, id);
	changeService(machine, id, {state: 'SIGTERMed', afterwards});
	const delay = endDelay(machine, label);
	// A shell that waits for the Nix store exits immediately at SIGTERM.
	const endsAfter = process ? delay : 0;
	const killsAfter = job.exitTimeoutMs === 0 ? Infinity : job.exitTimeoutMs;
	if (endsAfter <= killsAfter) after(machine, endsAfter, {id, what: 'finish', pid});
	else after(machine, killsAfter, {id, what: 'kill', pid});
};

/** The process exits because of that signal. */
export const finishProcess = async (machine: Machine, id: string, signal: EndingSignal): Promise<void> => {
	const vira = viraOfService(machine, id);
	if (vira) await endVira(vira, signal);
	return processEnded(machine, id, {how: 'signal', signal: signalNumbers[signal]});
};

/** The process gets SIGKILL. */
export const killProcess = (machine: Machine, id: string): void => {
	const {pid, label = ''} = serviceOf(machine, id) ?? {};
	changeService(machine, id, {state: 'SIGKILLed'});
	const {killDelayMs = 0} = behaviourOf(macOf(machine), label);
	after(machine, killDelayMs, {id, what: 'vanish', ...(pid !== undefined && {pid})});
};
