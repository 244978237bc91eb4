import {parse} from 'plist';
import type {LaunchdJob} from '../mac-state.ts';

type Dictionary = Readonly<Record<string, unknown>>;

/** A property list that launchd accepts, or the number of its error. */
export type ReadJob =
	{readonly good: true; readonly job: LaunchdJob} | {readonly good: false; readonly code: number};

const isDictionary = (value: unknown): value is Dictionary =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** For text without this beginning and end, the parser prints errors to the terminal. */
const looksWhole = (text: string): boolean => /<plist[\s>].*<\/plist>\s*$/su.test(text);

/** The content of an XML property list; undefined if the text is not one. */
const parsePlist = (text: string): unknown => {
	try {
		return looksWhole(text) ? parse(text) : undefined;
	} catch {
		return undefined;
	}
};

const textAt = (plist: Dictionary, key: string): string | undefined => {
	const value = plist[key];
	return typeof value === 'string' ? value : undefined;
};

const textsAt = (plist: Dictionary, key: string): readonly string[] | undefined => {
	const value = plist[key];
	return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
};

const secondsAt = (plist: Dictionary, key: string, standard: number): number => {
	const value = plist[key];
	return (typeof value === 'number' ? value : standard) * 1000;
};

const environmentOf = (plist: Dictionary): Record<string, string> => {
	const given = plist['EnvironmentVariables'];
	if (!isDictionary(given)) return {};
	return Object.fromEntries(
		Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
};

const keepAliveOf = (value: unknown): LaunchdJob['keepAlive'] => {
	if (!isDictionary(value)) return value === true;
	const other = Object.keys(value).find((key) => key !== 'SuccessfulExit' && key !== 'Crashed');
	if (other !== undefined) throw new Error(`The simulation does not support KeepAlive with ${other}`);
	const {SuccessfulExit: successful, Crashed: crashed} = value;
	return {
		...(typeof successful === 'boolean' && {SuccessfulExit: successful}),
		...(typeof crashed === 'boolean' && {Crashed: crashed}),
	};
};

/** As `launchctl print` shows it, by ProcessType of launchd.plist(5). */
const spawnTypes: Readonly<Record<string, string>> = {
	Interactive: 'interactive (4)',
	Background: 'background (5)',
	Adaptive: 'adaptive (6)',
};

const sessionTypesOf = (plist: Dictionary): Pick<LaunchdJob, 'sessionTypes' | 'sessionTypesListed'> => {
	const single = textAt(plist, 'LimitLoadToSessionType');
	if (single !== undefined) return {sessionTypes: [single], sessionTypesListed: false};
	const several = textsAt(plist, 'LimitLoadToSessionType');
	return several ? {sessionTypes: [...several], sessionTypesListed: true} : {sessionTypesListed: false};
};

type Present = Pick<LaunchdJob, 'folder' | 'stdout' | 'stderr' | 'userName'>;

const plistPlaces = (plist: Dictionary): Present => {
	const places = {
		folder: textAt(plist, 'WorkingDirectory'),
		stdout: textAt(plist, 'StandardOutPath'),
		stderr: textAt(plist, 'StandardErrorPath'),
		userName: textAt(plist, 'UserName'),
	};
	return Object.fromEntries(Object.entries(places).filter(([, value]) => value !== undefined));
};

const filesAt = (plist: Dictionary, key: string): number | undefined => {
	const limits = plist[key];
	const files = isDictionary(limits) ? limits['NumberOfFiles'] : undefined;
	return typeof files === 'number' ? files : undefined;
};

/** launchd's default soft limit is 256, without a hard limit (launchctl(1), limit). The soft limit cannot exceed the hard one. */
const openFilesOf = (plist: Dictionary): LaunchdJob['openFiles'] => {
	const hard = filesAt(plist, 'HardResourceLimits');
	const soft = Math.min(filesAt(plist, 'SoftResourceLimits') ?? 256, hard ?? Infinity);
	return {soft, ...(hard !== undefined && {hard})};
};

/** launchd.plist(5): 10 seconds between two starts; 0 is ignored. The limit of 5 seconds was measured. */
const standard = {throttle: 10, exitTimeout: 5};

/** Reads a property list as launchd does: a key with a value of the wrong type is ignored. */
export const readJob = (text: string): ReadJob => {
	const plist = parsePlist(text);
	if (!isDictionary(plist)) return {good: false, code: 109};
	const label = textAt(plist, 'Label');
	if (label === undefined || label === '') return {good: false, code: 110};
	const words = textsAt(plist, 'ProgramArguments') ?? [];
	const program = textAt(plist, 'Program') ?? words[0];
	if (program === undefined) return {good: false, code: 111};
	const keepAlive = keepAliveOf(plist['KeepAlive']);
	const throttleMs = secondsAt(plist, 'ThrottleInterval', standard.throttle);
	const job: LaunchdJob = {
		label,
		program,
		words: words.length > 0 ? [...words] : [program],
		// To see how it exits, launchd has to start it once.
		runAtLoad:
			plist['RunAtLoad'] === true ||
			(typeof keepAlive === 'object' && keepAlive.SuccessfulExit !== undefined),
		keepAlive,
		throttleMs: throttleMs > 0 ? throttleMs : standard.throttle * 1000,
		exitTimeoutMs: secondsAt(plist, 'ExitTimeOut', standard.exitTimeout),
		environment: environmentOf(plist),
		...plistPlaces(plist),
		...sessionTypesOf(plist),
		disabled: plist['Disabled'] === true,
		openFiles: openFilesOf(plist),
		spawnType: spawnTypes[textAt(plist, 'ProcessType') ?? ''] ?? 'daemon (3)',
	};
	return {good: true, job};
};
