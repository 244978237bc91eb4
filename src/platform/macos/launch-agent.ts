import {build, parse} from 'plist';
import type {User} from '../facts.ts';
import type {Service} from '../service.ts';
import type {Domain} from './launchctl.ts';

/** What an agent needs besides the service. Every path is absolute and without `~`, which launchd does not know. */
export interface AgentSetting {
	/** The domain that it is loaded into. In that of the machine it is a daemon. */
	readonly domain: Domain;
	/** Whom it runs as. */
	readonly user: Pick<User, 'name' | 'home'>;
	/** Where the program's path leads once every link is followed. */
	readonly realProgram: string;
	/** Where the process starts: launchd starts none in a folder that is not there (launchd.plist(5), WorkingDirectory). */
	readonly folder: string;
	/** Takes both outputs. Where launchd cannot open it, it starts nothing and says nothing. */
	readonly logFile: string;
}

export const agentLabel = 'org.vira.service';

/**
 * The Nix store may be mounted after agents start; wait4path(1) waits for it. What is to run follows as words of its
 * own, so that the shell reads none of it, and `exec` lets launchd's signals reach it.
 */
const afterNixStore = ['/bin/sh', '-c', '/bin/wait4path /nix/store && exec "$0" "$@"'];

const programArguments = (service: Service, realProgram: string): string[] => [
	...(realProgram.startsWith('/nix/') ? afterNixStore : []),
	service.program,
	...service.arguments,
];

/**
 * What a domain wants to be told. The background's session is a single text: some versions of macOS refuse a list. A
 * daemon would run as root, and has the person's own group where none is given (launchd.plist(5), GroupName).
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

/** A daemon has nothing from a login; what the person sets counts. */
const variablesFor = ({domain, user: {name, home}}: AgentSetting): Readonly<Record<string, string>> =>
	domain === 'system' ? {HOME: home, USER: name, LOGNAME: name} : {};

/** Readers that go by XML 1.1 take these for line breaks, unless they are written by number. */
const byNumber = (text: string): string =>
	text.replaceAll('\u0085', '&#x85;').replaceAll('\u2028', '&#x2028;');

/** What every version of ours says alike. */
const ourValues = {
	Label: agentLabel,
	ThrottleInterval: 10,
	// At a logout or a shutdown launchd sends SIGTERM alone; its own limit of 5 seconds is short for builds that run.
	ExitTimeOut: 20,
	// As a Background process, every build would run on the slow cores.
	ProcessType: 'Interactive',
};

/** The text of the launchd agent or daemon: an XML property list (launchd.plist(5)). */
export const launchAgentText = (service: Service, setting: AgentSetting): string => {
	const {Label, ...values} = ourValues;
	const agent = {
		Label,
		ProgramArguments: programArguments(service, setting.realProgram),
		EnvironmentVariables: {...variablesFor(setting), ...service.environment},
		WorkingDirectory: setting.folder,
		RunAtLoad: true,
		// Together they restart it after an error and after a signal, and leave it alone after a clean exit.
		KeepAlive: {SuccessfulExit: false, Crashed: true},
		...values,
		// launchd's own soft limit of 256 is too low for Nix. Its hard limit stays: a build could not raise one set here.
		SoftResourceLimits: {NumberOfFiles: 8192},
		StandardOutPath: setting.logFile,
		StandardErrorPath: setting.logFile,
		...keysFor(setting),
	};
	return `${byNumber(build(agent, {indent: '\t'}))}\n`;
};

/** The parser complains to the terminal about what has no such beginning and end. */
const looksWhole = (text: string): boolean => /<plist[\s>].*<\/plist>\s*$/su.test(text);

const readAgentText = (text: string): Readonly<Record<string, unknown>> => {
	try {
		return Object(looksWhole(text) ? parse(text) : {}) as Readonly<Record<string, unknown>>;
	} catch {
		return {};
	}
};

const argumentsIn = (text: string): readonly unknown[] => {
	const {ProgramArguments: words} = readAgentText(text);
	return Array.isArray(words) ? words : [];
};

/**
 * Whether this program, or another version of it, has written an agent. A property list bears no mark of ours: it is
 * known by values that each of our versions gives, and that the agents of Home Manager and nix-darwin do not have together.
 */
export const isOurAgent = (text: string): boolean => {
	const agent = readAgentText(text);
	const {StandardOutPath: log} = agent;
	return (
		Object.entries(ourValues).every(([key, value]) => agent[key] === value) &&
		typeof log === 'string' &&
		log.endsWith('/Library/Logs/vira.log') &&
		argumentsIn(text).includes('web')
	);
};

/** What an agent becomes. */
export interface NamedProgram {
	readonly path: string;
	/** Whether a shell waits for the Nix store first. */
	readonly waitsForStore: boolean;
}

/** The program that an agent's text names; undefined where it names none. */
export const programIn = (text: string): NamedProgram | undefined => {
	const words = argumentsIn(text);
	const waitsForStore = afterNixStore.every((word, index) => words[index] === word);
	const path = words[waitsForStore ? afterNixStore.length : 0];
	return typeof path === 'string' && path.startsWith('/') ? {path, waitsForStore} : undefined;
};
