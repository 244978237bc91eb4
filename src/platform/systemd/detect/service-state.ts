import {losingTrack} from '../../../settings/rules.ts';
import type {RunningProcess, ServiceState, UnitFailure} from '../../machine-facts.ts';
import {cleanPath} from '../../paths.ts';
import {answerOf} from '../../run-result.ts';
import type {System} from '../../system.ts';
import {askManager, systemctlCommands, parseProperties, parseShownList, unitName} from '../systemctl.ts';
import {listProcesses, readProcess} from '../../network/linux-listeners.ts';

const activeStates = ['active', 'activating', 'deactivating', 'reloading', 'inactive', 'failed'] as const;

const failureIn = ({
	ActiveState: active = '',
	Result: result = 'success',
	ExecMainStatus: status = '0',
}: Readonly<Record<string, string>>): UnitFailure | undefined =>
	result === 'success' || !['failed', 'activating'].includes(active)
		? undefined
		: {result, status: Number(status)};

/** The state of the service, from the output of `commands.showService`; undefined: the user manager did not respond. */
export const parseServiceState = (output: string | undefined): ServiceState => {
	const properties = parseProperties(output ?? '');
	const {ControlGroup: controlGroup, UnitFileState: state, SubState: sub = '', Type: type = ''} = properties;
	const pid = Number(properties['MainPID'] ?? 0);
	const failure = failureIn(properties);
	const active = activeStates.find((one) => one === properties['ActiveState']) ?? 'unknown';
	// systemd.service(5), RemainAfterExit=: "active (exited)".
	const exited = active === 'active' && sub === 'exited';
	const waits = active !== 'active' && losingTrack['Type']?.values.test(type);
	return {
		...(failure && {failure}),
		...(controlGroup && {controlGroup}),
		...(exited && {exited}),
		...(waits && {waitingType: type}),
		active: exited ? 'inactive' : active,
		// systemd 254 also has `auto-restart-queued`.
		awaitsRestart: sub.startsWith('auto-restart'),
		enabled: state === undefined ? undefined : state === 'enabled',
		masked: state?.startsWith('masked') ?? false,
		needsReload: properties['NeedDaemonReload'] === 'yes',
		mainPid: pid > 0 ? pid : undefined,
		restarts: Number(properties['NRestarts'] ?? 0),
		file: properties['FragmentPath'] || undefined,
		dropIns: parseShownList(properties['DropInPaths'] ?? ''),
	};
};

/** cgroups(7): `0::/user.slice/…/user@1000.service/app.slice/vira.service`, or below it. */
const isInUnit = (groups: string, uid: number): boolean =>
	groups.split('\n').some((line) => {
		const parts = line.split('/');
		return parts.includes(unitName) && parts.includes(`user@${uid}.service`);
	});

/**
 * The processes in the control group of the service, whatever systemd reports: with KillMode=none or SendSIGKILL=no they
 * can survive a stop (systemd.kill(5)), and systemd forgets the group when it forgets the unit.
 */
export const readUnitProcesses = async (system: System): Promise<readonly RunningProcess[]> => {
	const found = await Promise.all(
		((await listProcesses(system)) ?? []).map(async (pid) => {
			const groups = (await readProcess(system, pid, 'cgroup')) ?? '';
			if (!isInUnit(groups, system.user.uid)) return [];
			return [{pid, name: ((await readProcess(system, pid, 'comm')) ?? '').trim()}];
		}),
	);
	return found.flat();
};

/** The current state of the service. */
export const readServiceState = async (system: System): Promise<ServiceState> => {
	const shown = await askManager(system, systemctlCommands.showService, {timeoutMs: 5000});
	const {file: named, ...state} = parseServiceState(answerOf(shown));
	const file = named && cleanPath(named);
	// A stopped service has a control group only if processes of it are left.
	const isLeft = state.controlGroup !== undefined && ['inactive', 'failed'].includes(state.active);
	const leftRunning = isLeft ? await readUnitProcesses(system) : [];
	return {
		...state,
		...(leftRunning.length > 0 && {leftRunning}),
		// systemd reports it as long as it remembers the unit, even if the file is deleted.
		file: file !== undefined && (await system.inspect(file)) ? file : undefined,
	};
};
