import type {Assignment} from '../../platform/systemd/unit/unit-file.ts';
import {timeSpan} from './time-span.ts';
import {booleanKeys, memoryKeys, serviceKeys, timeSpanKeys, unitKeys} from './unit-keys.ts';

/** What systemd reports about a line when it reads it, and whether it then refuses the whole unit. */
interface LineRemark {
	readonly words: string;
	readonly fatal: boolean;
}

const restarts = ['no', 'on-success', 'on-failure', 'on-abnormal', 'on-watchdog', 'on-abort', 'always'];
const types = ['simple', 'exec', 'forking', 'oneshot', 'dbus', 'notify', 'idle'];

// An empty `KillMode=` resets it to the default; the settings above cannot be reset like that.
const killModes = ['', 'control-group', 'process', 'mixed', 'none'];

/** The type of a value, and how versions up to 252 name it if the value is invalid. */
interface Reader {
	readonly reads: (value: string, systemd: number) => boolean;
	readonly old: (value: string) => string;
	/** The message of later versions, if it differs from that for all such values. */
	readonly same?: true;
}

const oneOf =
	(words: readonly string[]) =>
	(value: string): boolean =>
		words.includes(value);

const boolean: Reader = {
	reads: (value) => /^(?:1|yes|y|true|t|on|0|no|n|false|f|off)$/iu.test(value),
	old: (value) => `Failed to parse boolean value, ignoring: ${value}`,
};

const seconds: Reader = {
	reads: (value) => value === 'infinity' || timeSpan(value) !== undefined,
	old: (value) => `Failed to parse sec value, ignoring: ${value}`,
};

/** systemd.resource-control(5): bytes with K, M, G, T, a percentage, `infinity`, or nothing at all. */
const memory: Reader = {
	reads: (value) => /^(?:|infinity|\d+(?:\.\d+)?[BKMGTPE]?|(?:\d{1,2}(?:\.\d+)?|100)%)$/u.test(value),
	old: (value) => `Invalid memory limit '${value}', ignoring: Invalid argument`,
	same: true,
};

const readers: Readonly<Record<string, Reader>> = {
	...Object.fromEntries(booleanKeys.map((key) => [key, boolean])),
	...Object.fromEntries(timeSpanKeys.map((key) => [key, seconds])),
	...Object.fromEntries(memoryKeys.map((key) => [key, memory])),
	PrivateTmp: {
		...boolean,
		reads: (value, systemd) => boolean.reads(value, systemd) || (systemd >= 257 && value === 'disconnected'),
	},
	Restart: {
		reads: oneOf(restarts),
		old: (value) => `Failed to parse service restart specifier, ignoring: ${value}`,
	},
	Type: {
		reads: (value, systemd) => oneOf(systemd >= 253 ? [...types, 'notify-reload'] : types)(value),
		old: (value) => `Failed to parse service type, ignoring: ${value}`,
	},
	KillMode: {
		reads: oneOf(killModes),
		old: (value) => `Failed to parse kill mode specification, ignoring: ${value}`,
		same: true,
	},
	CPUQuota: {
		reads: (value) => value === '' || /^\d+(?:\.\d+)?%$/u.test(value),
		old: (value) => `Invalid CPU quota '${value}', ignoring.`,
		same: true,
	},
	TasksMax: {
		reads: (value) => /^(?:|infinity|\d+%?)$/u.test(value),
		old: (value) => `Invalid maximum tasks value '${value}', ignoring: Invalid argument`,
		same: true,
	},
	UMask: {
		reads: (value) => /^[0-7]{1,4}$/u.test(value),
		old: (value) => `Failed to parse mode value, ignoring: ${value}`,
	},
	EnvironmentFile: {
		reads: (value) => /^-?(?:\/|%)|^$/u.test(value),
		old: (value) => `EnvironmentFile= path is not absolute, ignoring: ${value}`,
		same: true,
	},
};

const successors: Readonly<Record<string, string>> = {MemoryLimit: 'MemoryMax', CPUShares: 'CPUWeight'};

const ignored = (words: string): LineRemark => ({words, fatal: false});

const ofService = ({key, value}: Assignment, systemd: number): LineRemark | undefined => {
	const successor = successors[key];
	if (key === 'WorkingDirectory' && !/^(?:|-?[\/~%].*)$/u.test(value))
		return {words: `WorkingDirectory= path is not absolute: ${value}`, fatal: true};
	if (successor !== undefined && systemd >= 252)
		return ignored(
			`Unit uses ${key}=; please use ${successor}= instead. Support for ${key}= will be removed soon.`,
		);
	const reader = readers[key];
	if (!reader || reader.reads(value, systemd)) return undefined;
	const later = `Failed to parse ${key}=${value}, ignoring: Invalid argument`;
	return ignored(systemd >= 257 && !reader.same ? later : reader.old(value));
};

const knownIn = (section: string, systemd: number): readonly string[] | undefined =>
	({Service: serviceKeys(systemd), Unit: unitKeys})[section];

/** What this version of systemd reports about a line, as far as simulated; names with `X-` are for other programs. */
export const remarkOn = (assignment: Assignment, systemd: number): LineRemark | undefined => {
	const {section, key} = assignment;
	if (key.startsWith('X-')) return undefined;
	if (knownIn(section, systemd)?.includes(key) === false)
		return ignored(
			systemd >= 252
				? `Unknown key '${key}' in section [${section}], ignoring.`
				: `Unknown key name '${key}' in section '${section}', ignoring.`,
		);
	return section === 'Service' ? ofService(assignment, systemd) : undefined;
};
