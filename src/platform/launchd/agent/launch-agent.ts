import {build, parse} from 'plist';
import type {User} from '../../system.ts';
import type {Service} from '../../service.ts';
import {label, type AgentNeeds, type Domain} from '../launchctl.ts';
import type {AgentFile, Mac} from '../facts.ts';

/** What an agent needs in addition to the service. Every path is absolute: launchd does not expand `~`. */
export interface AgentSetting {
	/** The domain that it is loaded into. In the system domain, it is a daemon. */
	readonly domain: Domain;
	/** The account that it runs as. */
	readonly user: Pick<User, 'name' | 'home'>;
	/** The program's path with every link resolved. */
	readonly realProgram: string;
	/** The working directory: launchd starts nothing in a folder that does not exist (launchd.plist(5), WorkingDirectory). */
	readonly folder: string;
	/** The file for both outputs. If launchd cannot open it, it starts nothing and reports nothing. */
	readonly logFile: string;
}

/**
 * The Nix store may be mounted after agents start; wait4path(1) waits for it. The program follows as separate arguments,
 * so that the shell does not parse it, and `exec` lets launchd's signals reach it.
 */
const afterNixStore = ['/bin/sh', '-c', '/bin/wait4path /nix/store && exec "$0" "$@"'];

/**
 * The keys that a domain needs. The session type is a single string: some versions of macOS refuse a list. Without
 * UserName, a daemon would run as root; its group defaults to that of the user (launchd.plist(5), GroupName).
 */
const keysFor = ({domain, user}: AgentSetting): Readonly<Record<string, string>> => {
	switch (domain) {
		case 'gui':
			return {};
		case 'user':
			return {LimitLoadToSessionType: 'Background'};
		case 'system':
			return {UserName: user.name};
	}
};

/** A daemon gets no variables from a login. Variables from the settings take precedence. */
const variablesFor = ({domain, user: {name, home}}: AgentSetting): Readonly<Record<string, string>> =>
	domain === 'system' ? {HOME: home, USER: name, LOGNAME: name} : {};

/** XML 1.1 parsers treat these as line breaks, unless they are written as character references. */
const byNumber = (text: string): string =>
	text.replaceAll('\u0085', '&#x85;').replaceAll('\u2028', '&#x2028;');

/** Values that every version of vira-setup writes. */
const ourValues = {
	Label: label,
	ThrottleInterval: 10,
	// At logout and shutdown, launchd only sends SIGTERM; its default limit of 5 seconds is short for running builds.
	ExitTimeOut: 20,
	// As a Background process, every build would run on the slow cores.
	ProcessType: 'Interactive',
};

/** The text of the launchd agent or daemon: an XML property list (launchd.plist(5)). */
export const launchAgentText = (service: Service, setting: AgentSetting): string => {
	const {Label, ...values} = ourValues;
	const agent = {
		Label,
		ProgramArguments: [
			...(setting.realProgram.startsWith('/nix/') ? afterNixStore : []),
			service.program,
			...service.arguments,
		],
		EnvironmentVariables: {...variablesFor(setting), ...service.environment},
		WorkingDirectory: setting.folder,
		RunAtLoad: true,
		// Together, they restart it after an error and after a signal, but not after a clean exit.
		KeepAlive: {SuccessfulExit: false, Crashed: true},
		...values,
		// launchd's default soft limit of 256 is too low for Nix. No hard limit: builds could not raise it.
		SoftResourceLimits: {NumberOfFiles: 8192},
		StandardOutPath: setting.logFile,
		StandardErrorPath: setting.logFile,
		...keysFor(setting),
	};
	return `${byNumber(build(agent, {indent: '\t'}))}\n`;
};

/** For text without this beginning and end, the parser prints errors to the terminal. */
const looksWhole = (text: string): boolean => /<plist[\s>].*<\/plist>\s*$/su.test(text);

const parseAgentText = (text: string): Readonly<Record<string, unknown>> => {
	try {
		return Object(looksWhole(text) ? parse(text) : {}) as Readonly<Record<string, unknown>>;
	} catch {
		return {};
	}
};

const argumentsOf = ({ProgramArguments: words}: Readonly<Record<string, unknown>>): readonly unknown[] =>
	Array.isArray(words) ? words : [];

/**
 * Whether vira-setup, in any version, wrote an agent. A property list has no marker: it is recognized by values that
 * every version writes, and that agents of Home Manager and nix-darwin do not combine.
 */
export const isOurAgent = (text: string): boolean => {
	const agent = parseAgentText(text);
	const {StandardOutPath: log} = agent;
	return (
		Object.entries(ourValues).every(([key, value]) => agent[key] === value) &&
		typeof log === 'string' &&
		log.endsWith('/Library/Logs/vira.log') &&
		argumentsOf(agent).includes('web')
	);
};

/** The program in an agent's text, and whether a shell waits for the Nix store first. */
export const programInAgent = (text: string): Pick<AgentNeeds, 'program' | 'waitsForStore'> => {
	const words = argumentsOf(parseAgentText(text));
	const waitsForStore = afterNixStore.every((word, index) => words[index] === word);
	const path = words[waitsForStore ? afterNixStore.length : 0];
	return {program: typeof path === 'string' && path.startsWith('/') ? path : undefined, waitsForStore};
};

/** Whether others than its owner can write to it. */
export const mayOthersWrite = ({mode}: Pick<AgentFile, 'mode'>): boolean => (mode & 0o022) !== 0;

/** launchd refuses a file that others can write to, now and at boot (launchd.plist(5), FILES). */
export const isTrusted = ({user}: Mac, domain: Domain, file: Pick<AgentFile, 'mode' | 'owner'>): boolean =>
	!mayOthersWrite(file) && file.owner === (domain === 'system' ? 0 : user.uid);
