import {exitCode, type Complaint} from '../errors.ts';
import type {Facts, RunningProcess} from '../platform/facts.ts';
import {findListeners} from '../platform/find-listeners.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import {managerOf} from './managers.ts';
import {endProcesses, stoppedButRunning} from './processes-text.ts';

/** A Vira of this person's that has the port, whatever unit or terminal it belongs to: Nix calls it `.vira-wrapped`. */
const onPort = async (system: System, {port}: Settings): Promise<readonly RunningProcess[]> => {
	const listeners = await findListeners(system, port, {mainPid: undefined}).catch(() => undefined);
	const holders = (listeners?.seen ?? []).map(({holder}) => holder);
	return holders.flatMap((one) =>
		one.is === 'process' && /^\.?vira\b/u.test(one.name) ? [{pid: one.pid, name: one.name}] : [],
	);
};

/**
 * What of a service that its manager has stopped still runs: the manager's word is not enough, for with settings such as
 * KillMode=none it forgets a process without ending it. Settings are undefined where they cannot be read.
 */
export const stillRunning = async (
	system: System,
	facts: Facts,
	settings: Settings | undefined,
): Promise<Complaint | undefined> => {
	const {readProcesses, whyNotEnded} = managerOf(facts);
	const left = await readProcesses(system);
	const others = settings && left.length === 0 ? await onPort(system, settings) : [];
	const seen = [...new Map([...left, ...others].map((one) => [one.pid, one])).values()];
	if (seen.length === 0) return undefined;
	return {
		what: stoppedButRunning(seen),
		why:
			left.length > 0
				? whyNotEnded
				: `It does not belong to the service, and has its port ${settings?.port ?? ''}.`,
		next: [endProcesses(seen)],
		code: exitCode.refused,
	};
};
