import {parseUnitFile, valuesOf, type Assignment} from '../../platform/systemd/unit/unit-file.ts';
import {timeSpan} from './time-span.ts';
import {UnreadableLine, unitWords} from '../../settings/unit-value.ts';
import type {MachineState, UnitText} from '../machine-state.ts';
import type {EndingSignal} from '../vira/vira-life.ts';

/** Where the output of a service goes: to the journal, to a file, or (undefined) to a target that is not simulated. */
interface Outputs {
	readonly stdout: string | undefined;
	readonly stderr: string | undefined;
}

/** How systemd interprets the files of a unit. */
export interface UnitDefinition {
	readonly description: string;
	readonly type: string;
	readonly restart: string;
	readonly restartMs: number;
	readonly killSignal: EndingSignal;
	/** Whether a stop leaves the processes running. */
	readonly killsNothing: boolean;
	readonly remainsAfterExit: boolean;
	readonly program: string;
	readonly arguments: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
	readonly workingFolder: string;
	readonly outputs: Outputs;
	readonly wantedBy: readonly string[];
	/** Why the unit cannot be started, as the manager logs it. */
	readonly fatal: string | undefined;
	/** What the manager logs about lines that it ignores. */
	readonly failures: readonly string[];
}

interface Reading {
	readonly name: string;
	readonly state: MachineState;
	readonly fatal: string[];
	readonly failures: string[];
}

const specifiers = ({name, state}: Reading): Readonly<Record<string, string>> => {
	const {user, hostName} = state;
	const prefix = name.replace(/\.[^.]*$/u, '');
	return {
		'%': '%',
		h: user.home,
		u: user.name,
		U: String(user.uid),
		t: `/run/user/${user.uid}`,
		n: name,
		N: prefix,
		p: prefix,
		H: hostName,
		S: `${user.home}/.config`,
		E: `${user.home}/.config`,
		C: `${user.home}/.cache`,
	};
};

const withSpecifiers = (word: string, reading: Reading): string => {
	const known = specifiers(reading);
	return word.replaceAll(/%([%a-zA-Z\d])/gu, (_, letter: string) => {
		const stands = known[letter];
		if (stands === undefined) throw new UnreadableLine(`Failed to resolve unit specifiers in ${word}.`);
		return stands;
	});
};

/** What every service inherits (systemd.exec(5), "Environment Variables in Spawned Processes"). */
export const managerVariables = (state: MachineState): Readonly<Record<string, string>> => ({
	HOME: state.user.home,
	LANG: 'C.UTF-8',
	LOGNAME: state.user.name,
	PATH: '/usr/local/bin:/usr/bin:/bin',
	USER: state.user.name,
	XDG_RUNTIME_DIR: `/run/user/${state.user.uid}`,
	...state.builds?.environment,
});

/** The words of a value; if one is invalid, the whole value is ignored with a message. */
const readWords = (value: string, reading: Reading): readonly string[] => {
	try {
		return unitWords(value).map(({word}) => withSpecifiers(word, reading));
	} catch (error) {
		if (!(error instanceof UnreadableLine)) throw error;
		reading.failures.push(`${error.message} Ignoring: ${value}`);
		return [];
	}
};

const readEnvironment = (service: readonly Assignment[], reading: Reading): Record<string, string> => {
	const pairs = valuesOf(service, 'Environment').flatMap((value) => readWords(value, reading));
	const good = pairs.filter((pair) => /^[A-Za-z_]\w*=/u.test(pair));
	for (const pair of pairs.filter((pair) => !good.includes(pair)))
		reading.failures.push(`Invalid environment assignment, ignoring: ${pair}`);
	return Object.fromEntries(
		good.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
	);
};

// systemd.service(5): `${NAME}` anywhere, `$NAME` as a separate word, which may expand to several words, and `$$`.
const withVariables = (word: string, environment: Readonly<Record<string, string>>): readonly string[] => {
	const [, alone] = /^\$(?![${])(.*)$/su.exec(word) ?? [];
	if (alone !== undefined) return (environment[alone] ?? '').split(/\s+/u).filter((part) => part !== '');
	return [
		word.replaceAll(/\$\$|\$\{([A-Za-z_]\w*)\}/gu, (found, name?: string) =>
			found === '$$' ? '$' : (environment[name ?? ''] ?? ''),
		),
	];
};

/** The words of ExecStart=. Some errors cause the line to be ignored, others make the unit unusable. */
const readCommand = (line: string, reading: Reading): readonly string[] => {
	try {
		const words = unitWords(line);
		// A `;` between two commands; `\;` is a word (systemd.service(5), command lines).
		if (words.some(({written}) => written === ';')) reading.fatal.push(severalCommands);
		return words.map(({word, written}) => (written === '\\;' ? ';' : withSpecifiers(word, reading)));
	} catch (error) {
		if (!(error instanceof UnreadableLine)) throw error;
		reading.fatal.push(error.message);
		return [];
	}
};

const severalCommands =
	'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.';

const readProgram = (service: readonly Assignment[], reading: Reading): readonly string[] => {
	const lines = valuesOf(service, 'ExecStart');
	if (lines.length > 1) reading.fatal.push(severalCommands);
	const [program = '', ...rest] = readCommand(lines[0] ?? '', reading);
	const path = program.replace(/^[-@:+!|]+/u, '');
	if (path === '') reading.fatal.push('Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.');
	if (/["'\\]/u.test(path)) reading.fatal.push(`Executable name contains special characters: ${path}`);
	return [path, ...rest];
};

const lastOf = (assignments: readonly Assignment[], key: string, standard: string): string =>
	valuesOf(assignments, key).at(-1) ?? standard;

/** systemd.syntax(7), "boolean arguments". */
const isYes = (text: string): boolean => /^(?:1|y(?:es)?|t(?:rue)?|on)$/iu.test(text);

/** By its name, with or without SIG, or its number (systemd.kill(5), KillSignal=). */
const killSignalOf = (text: string): EndingSignal => (/^(?:SIG)?INT$|^2$/u.test(text) ? 'SIGINT' : 'SIGTERM');

/** systemd.exec(5), StandardOutput=; `inherited` is what `inherit` stands for, which without an input is the journal. */
const outputTarget = (value: string, inherited: string | undefined = 'journal'): string | undefined => {
	if (value === 'inherit') return inherited;
	if (/^(?:journal|syslog|kmsg)(?:\+console)?$/u.test(value)) return 'journal';
	return /^(?:file|append|truncate):(.+)$/u.exec(value)?.[1];
};

const outputsOf = (service: readonly Assignment[], reading: Reading): Outputs => {
	const leads = (key: string, standard: string): string =>
		withSpecifiers(lastOf(service, key, standard), reading);
	const stdout = outputTarget(leads('StandardOutput', 'journal'));
	return {stdout, stderr: outputTarget(leads('StandardError', 'inherit'), stdout)};
};

/** Reads a unit's files as systemd does: sections, quoting, specifiers, variables (systemd.service(5), systemd.exec(5)). */
export const defineUnit = (name: string, files: UnitText, state: MachineState): UnitDefinition => {
	const all = [files.text ?? '', ...files.dropIns.map(({text}) => text)].flatMap(parseUnitFile);
	const section = (wanted: string) => all.filter((assignment) => assignment.section === wanted);
	const service = section('Service');
	const reading: Reading = {name, state, fatal: [], failures: []};
	const own = readEnvironment(service, reading);
	const [program = '', ...words] = readProgram(service, reading);
	const outputs = outputsOf(service, reading);
	const environment = {...managerVariables(state), ...own};
	return {
		description: lastOf(section('Unit'), 'Description', name),
		type: lastOf(service, 'Type', 'simple'),
		restart: lastOf(service, 'Restart', 'no'),
		restartMs: timeSpan(lastOf(service, 'RestartSec', '100ms')) ?? 100,
		killSignal: killSignalOf(lastOf(service, 'KillSignal', 'SIGTERM')),
		killsNothing: lastOf(service, 'KillMode', '') === 'none',
		remainsAfterExit: isYes(lastOf(service, 'RemainAfterExit', 'no')),
		program,
		arguments: words.flatMap((word) => withVariables(word, environment)),
		environment,
		workingFolder: lastOf(service, 'WorkingDirectory', state.user.home),
		outputs,
		wantedBy: valuesOf(section('Install'), 'WantedBy').flatMap((value) => readWords(value, reading)),
		fatal: reading.fatal[0],
		failures: reading.failures,
	};
};
