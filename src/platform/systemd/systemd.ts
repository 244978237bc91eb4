import type {ServiceState, UnitFailure} from '../service-state.ts';
import type {Command} from '../system.ts';
import {losingTrack} from '../../settings/rules.ts';
import {parseShownList} from './shown-list.ts';

/** The name of the service: the same as in the Home Manager module. */
export const unitName = 'vira.service';

const userManager = (...words: readonly string[]): Command => ['systemctl', '--user', ...words];

/** The commands of a plan, as systemctl(1) and loginctl(1) describe them. */
export const commands = {
	daemonReload: userManager('daemon-reload'),
	enable: userManager('enable', unitName),
	disable: userManager('disable', unitName),
	start: userManager('start', unitName),
	stop: userManager('stop', unitName),
	restart: userManager('restart', unitName),
	resetFailed: userManager('reset-failed', unitName),
	/** Exits with status 0 as soon as the user manager responds. */
	managerVersion: userManager('show', '--property=Version', '--value'),
	enableLinger: (user: string): Command => ['loginctl', '--no-ask-password', 'enable-linger', user],
	disableLinger: (user: string): Command => ['loginctl', '--no-ask-password', 'disable-linger', user],
	showLinger: (user: string): Command => ['loginctl', 'show-user', user, '--property=Linger', '--value'],
	/** Asks the system manager for the state of a user manager. */
	showManager: (uid: number): Command => [
		'systemctl',
		'show',
		`user@${uid}.service`,
		'--property=ActiveState,ExecMainStatus',
	],
	showService: userManager(
		'show',
		unitName,
		'--property=Type,LoadState,ActiveState,SubState,Result,ExecMainStatus,MainPID,ControlGroup,NRestarts,UnitFileState,FragmentPath,DropInPaths,NeedDaemonReload',
	),
	/** The last start, its process, running or not (systemd.exec(5), $INVOCATION_ID), and its files. */
	showLastStart: userManager(
		'show',
		unitName,
		'--property=InvocationID,ExecMainPID,FragmentPath,DropInPaths',
	),
	/** Timestamps are printed with the name of the caller's time zone. */
	showVitals: [
		'env',
		'TZ=UTC',
		...userManager(
			'show',
			unitName,
			'--property=LoadState,Result,ExecMainCode,ExecMainStatus,ActiveEnterTimestamp,MemoryCurrent,ExecStartPre,ExecStartPost,ExecStop,ExecStopPost',
		),
	],
} as const;

/** The `KEY=VALUE` lines of `systemctl show` and os-release(5), with unchanged values. */
export const parseProperties = (text: string): Readonly<Record<string, string>> =>
	Object.fromEntries(
		text
			.split('\n')
			.map((line) => /^(\w+)=(.*)$/su.exec(line))
			.filter((match) => match !== null)
			.map(([, name, value]) => [name ?? '', value ?? '']),
	);

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
	const pid = Number(properties['MainPID'] ?? 0);
	const failure = failureIn(properties);
	const {ControlGroup: controlGroup = '', UnitFileState: state, SubState: sub = ''} = properties;
	const active = activeStates.find((one) => one === properties['ActiveState']) ?? 'unknown';
	// systemd.service(5), RemainAfterExit=: "active (exited)".
	const exited = active === 'active' && sub === 'exited';
	const {Type: type = ''} = properties;
	const waits = active !== 'active' && losingTrack['Type']?.values.test(type);
	return {
		...(failure && {failure}),
		...(controlGroup !== '' && {controlGroup}),
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
