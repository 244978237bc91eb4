import type {Command, RunOptions, RunResult, System} from '../system.ts';
import {controlEscapes} from '../../settings/unit-value.ts';
import {exitCode} from '../../errors.ts';
import type {AfterChange} from '../actions/change-file.ts';
import type {RunCommand} from '../actions/run-command.ts';

/** The name of the service: the same as in the Home Manager module. */
export const unitName = 'vira.service';

/** A word, with or without quotes; the closing quote may be missing. */
const words = /"([^"\\]*(?:\\.[^"\\]*)*)(?:"|\\?$)|[^ "]+/gsu;

const userManager = (...words: readonly string[]): Command => ['systemctl', '--user', ...words];

/** The commands of a plan, as systemctl(1) and loginctl(1) describe them. */
export const systemctlCommands = {
	daemonReload: userManager('daemon-reload'),
	enable: userManager('enable', unitName),
	disable: userManager('disable', unitName),
	start: userManager('start', unitName),
	stop: userManager('stop', unitName),
	stopTransient: (unit: string): Command => userManager('stop', `${unit}.service`),
	restart: userManager('restart', unitName),
	resetFailed: userManager('reset-failed', unitName),
	/** Exits with status 0 as soon as the user manager responds. */
	managerVersion: userManager('show', '--property=Version', '--value'),
	showVersionAndPath: userManager('show', '--property=Version,UnitPath'),
	/** What every service of the user manager inherits. */
	showEnvironment: userManager('show-environment'),
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

/**
 * How systemctl reports that the manager went away before it answered, as during a daemon-reexec. It did not refuse
 * anything. What comes before the reason differs by version (seen with 247, 252 and 257).
 */
const unanswered =
	/: (?:Connection refused|Connection reset by peer|Transport endpoint is not connected|Broken pipe)$|Message recipient disconnected|Remote peer disconnected|connection terminated/imu;

const retryEveryMs = 200;

/** A daemon-reexec takes a few tenths of a second. */
const limitMs = 3000;

const isUnanswered = ({exitCode, stderr}: RunResult): boolean => exitCode !== 0 && unanswered.test(stderr);

/** Managers that did not answer the last question in time. */
const silent = new WeakSet<System>();

/** Every further question to them would wait for the full limit again. */
const silentLimitMs = 500;

/**
 * Runs a systemctl command as System.run does, and repeats it for a while if no answer came. Every command used here
 * can safely run twice. A manager that hangs costs one time limit: until it responds, further questions wait for half a
 * second only.
 */
export const askManager = async (
	system: System,
	command: Command,
	options?: RunOptions,
): Promise<RunResult> => {
	const deadline = system.now() + limitMs;
	for (;;) {
		const hurried = silent.has(system) && command.includes('show');
		const result = await system.run(command, hurried ? {...options, timeoutMs: silentLimitMs} : options);
		if (result.timedOut) silent.add(system);
		else silent.delete(system);
		if (!isUnanswered(result) || options?.signal?.aborted || system.now() >= deadline) return result;
		await system.sleep(retryEveryMs, options?.signal);
	}
};

/** Control characters are escaped as in C; before any other character a backslash has no meaning. */
const unescaped = (text: string): string =>
	text.replaceAll(/\\(?:([0-7]{3})|(.))/gsu, (_, octal: string | undefined, sign: string) =>
		octal === undefined ? (controlEscapes[sign] ?? sign) : String.fromCharCode(parseInt(octal, 8)),
	);

/** A list as `systemctl show` prints it: words that a shell would not take literally are in double quotes. */
export const parseShownList = (text: string): readonly string[] =>
	[...text.matchAll(words)].map(([whole, quoted]) => (quoted === undefined ? whole : unescaped(quoted)));

/** `Mon 2026-03-02 09:00:00 UTC`: the only format before systemd 248 (systemctl(1), --timestamp=). */
export const parseTimestamp = (text: string | undefined): number | undefined => {
	const [, day, time] = /^\w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/u.exec(text ?? '') ?? [];
	return day === undefined || time === undefined ? undefined : Date.parse(`${day}T${time}Z`);
};

/** `[not set]` or the maximum value if memory accounting is off for user services. */
export const parseMemory = (text: string | undefined): number | undefined => {
	const bytes = /^\d+$/u.test(text ?? '') ? Number(text) : Infinity;
	return bytes < Number.MAX_SAFE_INTEGER ? bytes : undefined;
};

/** systemd keeps the old unit in memory until it reloads; after an undo too (systemctl(1), daemon-reload). */
export const reloadAfterChange: AfterChange = {
	command: systemctlCommands.daemonReload,
	whyWritten: 'makes systemd read the new file',
	whyDeleted: 'makes systemd forget the service',
};

/** What each command does, in words. */
const titles: ReadonlyMap<Command, string> = new Map([
	[systemctlCommands.daemonReload, 'Make systemd read the service files'],
	[systemctlCommands.enable, 'Enable automatic start'],
	[systemctlCommands.disable, 'Disable automatic start'],
	[systemctlCommands.start, 'Start Vira'],
	[systemctlCommands.stop, 'Stop Vira'],
	[systemctlCommands.restart, 'Restart Vira'],
	[systemctlCommands.resetFailed, 'Clear earlier failures'],
]);

const titled = (command: Command, undo: Command | undefined): Pick<RunCommand, 'title' | 'undoTitle'> => {
	const [title, undoTitle] = [titles.get(command), undo && titles.get(undo)];
	return {...(title !== undefined && {title}), ...(undoTitle !== undefined && {undoTitle})};
};

/** An action that changes the service through systemctl. */
export const systemctlRun = (
	command: RunCommand['command'],
	why: string,
	rest: Partial<RunCommand> = {},
): RunCommand => ({
	does: 'run',
	command,
	why,
	...titled(command, rest.undo),
	onFailure: {message: 'systemd refused to change the service.', exit: exitCode.refused},
	...rest,
});

/** An action that starts a process of the service: its failure shows the log. */
export const toProcess: Partial<RunCommand> = {
	onFailure: {message: 'systemd could not start the service.', exit: exitCode.unhealthy},
	logOnFailure: true,
};

/** A service that failed too often is not started again before this (systemctl(1), reset-failed). */
export const clearFailures = (rest: Partial<RunCommand> = {}): RunCommand =>
	systemctlRun(systemctlCommands.resetFailed, 'clear earlier failures', {mayFail: true, ...rest});

export const notEnabled = 'it is not enabled';

export const readsAgain = 'make systemd read the service files again';
