import {managerOf, findListeners} from '../../platform/service-manager/registry.ts';
import {exitCode, type Failure} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import type {RunningProcess} from '../../platform/service-state.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import {endProcesses, stillRunningText} from '../../platform/service-manager/usual-fixes.ts';

/** A Vira of this user that has the port, from any unit or terminal: Nix names it `.vira-wrapped`. */
const onPort = async (system: System, {port}: Settings): Promise<readonly RunningProcess[]> => {
	const listeners = await findListeners(system, port, {mainPid: undefined}).catch(() => undefined);
	const holders = (listeners?.seen ?? []).map(({holder}) => holder);
	return holders.flatMap((one) =>
		one.is === 'process' && /^\.?vira\b/u.test(one.name) ? [{pid: one.pid, name: one.name}] : [],
	);
};

/**
 * The processes of a stopped service that are still running: with settings such as KillMode=none, the manager forgets a
 * process without ending it. Settings are undefined if they cannot be read.
 */
export const stillRunning = async (
	system: System,
	facts: Facts,
	settings: Settings | undefined,
): Promise<Failure | undefined> => {
	const {readProcesses, whyNotEnded} = managerOf(facts);
	const left = await readProcesses(system);
	const others = settings && left.length === 0 ? await onPort(system, settings) : [];
	const seen = [...new Map([...left, ...others].map((one) => [one.pid, one])).values()];
	if (seen.length === 0) return undefined;
	return {
		message: stillRunningText(seen),
		detail:
			left.length > 0
				? whyNotEnded
				: `It is not part of the service, but uses its port ${settings?.port ?? ''}.`,
		fixes: [endProcesses(seen)],
		exit: exitCode.refused,
	};
};
