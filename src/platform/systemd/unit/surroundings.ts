import type {Settings} from '../../../settings/options.ts';
import {expandSpecifiers, wordsOfLine} from '../../../settings/unit-value.ts';
import {skim} from '../../paths.ts';
import {ownVariables} from '../../service.ts';
import type {System} from '../../system.ts';
import type {LinuxMachine} from '../facts.ts';
import {readDropIns} from './drop-in.ts';
import {parseUnitFile, valuesOf, type Assignment} from './unit-file.ts';
import {ownSettings} from './unit.ts';

type Variables = Readonly<Record<string, string>>;

/** What surrounds a process of the service: what its unit and the drop-ins give it. */
export interface Surroundings {
	/** The variables that they set. */
	readonly variables: Variables;
	/** Names of variables that are removed from its environment (systemd.exec(5), UnsetEnvironment=). */
	readonly unset: readonly string[];
	/** Settings of [Service] that decide what it may do and see, in their order, as systemd-run(1) takes them. */
	readonly properties: readonly string[];
	/** The drop-in with the last PrivateTmp=, if one has it: absolute. */
	readonly privateTmpIn: string | undefined;
}

/** A line of [Service]. */
interface ServiceLine extends Pick<Assignment, 'key' | 'value'> {
	/** The drop-in that it is from; undefined: it is of the unit. */
	readonly dropIn?: string;
}

/** Those settings, so far as systemd-run takes them (systemd.exec(5)). Not Exec…=: a check runs no other command. */
const deciding =
	/^(?:(?:Private|Protect|Restrict|ReadOnly|ReadWrite|Inaccessible|Bind|IPAddress|SystemCall|SocketBind|Limit|Supplementary)\w+|(?:ExecPaths|ExecSearchPath|NoExecPaths|TemporaryFileSystem|NoNewPrivileges|CapabilityBoundingSet|AmbientCapabilities|UMask|LockPersonality|RootDirectory|MountFlags|ProcSubset))$/u;

const pairsIn = (words: readonly string[]): Variables =>
	Object.fromEntries(
		words.flatMap((word) => {
			const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/su.exec(word) ?? [];
			return name === undefined ? [] : [[name, value] as const];
		}),
	);

/** A file of variables (systemd.exec(5), EnvironmentFile=): comments, and quotes around a value. */
const pairsInFile = (text: string): Variables =>
	Object.assign(
		{},
		...text
			.split(/\r?\n/u)
			.filter((line) => !/^\s*(?:[#;]|$)/u.test(line))
			.map((line) => {
				const [, name = '', value = ''] = /^\s*([A-Za-z_]\w*)=(.*?)\s*$/u.exec(line) ?? [];
				return name === '' ? {} : {[name]: value.replaceAll(/^(["'])(.*)\1$/gu, '$2')};
			}),
	) as Variables;

/** The lines of [Service] besides our own, in the order in which systemd reads them. */
const furtherLines = async (
	system: System,
	{serviceConfig}: Settings,
	facts: LinuxMachine,
): Promise<readonly ServiceLine[]> => {
	const paths = await readDropIns(system, facts);
	const texts = await Promise.all(paths.map((path) => skim(system, path)));
	const dropIns = texts.flatMap((text, index) =>
		parseUnitFile(text ?? '').map((one) => ({...one, dropIn: paths[index] ?? ''})),
	);
	return [
		...Object.entries({...ownSettings, ...serviceConfig}).map(([key, value]) => ({key, value})),
		...dropIns.filter(({section}) => section === 'Service'),
	].map((line) => ({...line, value: expandSpecifiers(line.value, facts.user)}));
};

/** An empty Environment= takes all variables away, ours too. */
const setBy = (own: Variables, lines: readonly ServiceLine[]): Variables =>
	lines
		.filter(({key}) => key === 'Environment')
		.reduce((all, {value}) => (value === '' ? {} : {...all, ...pairsIn(wordsOfLine(value) ?? [])}), own);

/** Reads what surrounds the service of these settings. A file that cannot be read sets nothing. */
export const readSurroundings = async (
	system: System,
	settings: Settings,
	facts: LinuxMachine,
): Promise<Surroundings> => {
	const lines = await furtherLines(system, settings, facts);
	// A "-" at its beginning: the file may be missing.
	const files = valuesOf(lines, 'EnvironmentFile').map((path) => skim(system, path.replace(/^-/u, '')));
	const inFiles = (await Promise.all(files)).map((text) => pairsInFile(text ?? ''));
	return {
		variables: Object.assign({}, setBy(ownVariables(settings, facts), lines), ...inFiles) as Variables,
		unset: valuesOf(lines, 'UnsetEnvironment').flatMap((names) => names.split(/\s+/u)),
		// A specifier that is left means nothing to systemd-run.
		properties: lines
			.filter(({key, value}) => deciding.test(key) && !/%[A-Za-z]/u.test(value))
			.map(({key, value}) => `${key}=${value}`),
		privateTmpIn: lines.findLast(({key}) => key === 'PrivateTmp')?.dropIn,
	};
};

/** What systemd sets for each process again (systemd.exec(5), "Environment Variables in Spawned Processes"), or a shell does. */
const ofOneProcess =
	/^(?:INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_EXEC_PID|MANAGERPID\w*|MAINPID|NOTIFY_SOCKET|WATCHDOG_\w+|LISTEN_\w+|FDSTORE|MEMORY_PRESSURE_\w+|CREDENTIALS_DIRECTORY|_|PWD|OLDPWD|SHLVL)$/u;

/**
 * The variables that the process of the service was started with (proc(5), /proc/PID/environ); undefined: it is not
 * running, or they cannot be read.
 */
export const readRunningVariables = async (
	system: System,
	{service}: LinuxMachine,
): Promise<Variables | undefined> => {
	const {mainPid, active} = service;
	if (mainPid === undefined || active !== 'active') return undefined;
	const text = await skim(system, `/proc/${mainPid}/environ`);
	// U+FFFD stands for bytes that are not UTF-8.
	if (text === undefined || text === '' || text.includes('\uFFFD')) return undefined;
	const all = Object.entries(pairsIn(text.split('\0')));
	return Object.fromEntries(all.filter(([name]) => !ofOneProcess.test(name)));
};
