import type {ServiceState, UnitFailure} from '../facts.ts';
import type {Command} from '../system.ts';
import {losingTrack} from '../../settings/tracked-process.ts';
import {parseShownList} from './shown-list.ts';

/** The name of the service: the same as the Home Manager module's. */
export const unitName = 'vira.service';

const userManager = (...words: readonly string[]): Command => ['systemctl', '--user', ...words];

/** The commands that a plan is made of, each as systemctl(1) and loginctl(1) describe it. */
export const commands = {
	daemonReload: userManager('daemon-reload'),
	enable: userManager('enable', unitName),
	disable: userManager('disable', unitName),
	start: userManager('start', unitName),
	stop: userManager('stop', unitName),
	restart: userManager('restart', unitName),
	resetFailed: userManager('reset-failed', unitName),
	/** Answers with status 0 as soon as the user manager can be talked to. */
	managerVersion: userManager('show', '--property=Version', '--value'),
	enableLinger: (user: string): Command => ['loginctl', '--no-ask-password', 'enable-linger', user],
	disableLinger: (user: string): Command => ['loginctl', '--no-ask-password', 'disable-linger', user],
	showLinger: (user: string): Command => ['loginctl', 'show-user', user, '--property=Linger', '--value'],
	/** Of the system's manager, what became of a user's. */
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
	/** The start that was last, its process, whether or not it still runs (systemd.exec(5), $INVOCATION_ID), and its files. */
	showLastStart: userManager(
		'show',
		unitName,
		'--property=InvocationID,ExecMainPID,FragmentPath,DropInPaths',
	),
	/** Timestamps come in the zone of whoever asks, by its name. */
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

/** The `KEY=VALUE` lines of `systemctl show` and os-release(5), each value as it is written. */
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

/** The state of the service, from the output of `commands.showService`; undefined: the user manager did not answer. */
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
		// systemd 254 tells of `auto-restart-queued` as well.
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
