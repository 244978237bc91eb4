import type {Command} from '../system.ts';

/** Tests whether launchctl(1) can be run: it has no --version. */
export const trial = 'version';

/** The label of the service, the same as in Vira's own module. */
export const label = 'org.vira.service';

/** The file of a daemon with that label, from any source. */
export const daemonPath = `/Library/LaunchDaemons/${label}.plist`;

/** Where launchd loads a service: the user's desktop session, their background session, or the whole Mac. */
export type Domain = 'gui' | 'user' | 'system';

export const domains = ['gui', 'user', 'system'] as const satisfies readonly Domain[];

/** A domain as launchctl(1) writes it, such as `gui/501`. */
export const domainTarget = (domain: Domain, uid: number): string =>
	domain === 'system' ? domain : `${domain}/${uid}`;

export const serviceTarget = (domain: Domain, uid: number): string => `${domainTarget(domain, uid)}/${label}`;

const launchctlCommand = (...words: readonly string[]): Command => ['/bin/launchctl', ...words];

const onService =
	(...words: readonly string[]) =>
	(domain: Domain, uid: number): Command =>
		launchctlCommand(...words, serviceTarget(domain, uid));

/** Each as launchctl(1) describes it. */
export const launchctlCommands = {
	printDomain: (domain: Domain, uid: number) => launchctlCommand('print', domainTarget(domain, uid)),
	print: onService('print'),
	/** Both domains of a user share one list, and `user` exists without a desktop session. */
	printDisabled: (domain: 'user' | 'system', uid: number) =>
		launchctlCommand('print-disabled', domainTarget(domain, uid)),
	enable: onService('enable'),
	disable: onService('disable'),
	bootstrap: (domain: Domain, uid: number, path: string) =>
		launchctlCommand('bootstrap', domainTarget(domain, uid), path),
	bootout: onService('bootout'),
	/** Signals the process and leaves the service loaded (launchctl(1), kill). */
	interrupt: onService('kill', 'SIGINT'),
	kickstart: onService('kickstart'),
	/** Stops the running process, and starts a new one from the text that launchd has loaded. */
	restart: onService('kickstart', '-k'),
} as const;

/** launchctl hangs for as long as launchd does. */
export const timeLimit = {timeoutMs: 30_000};

/** The exit statuses of launchctl: the numbers of `launchctl error`. */
export const launchctlStatus = {
	/** Without root, it can mean nearly anything: the actual state has to be read. */
	inputOutput: 5,
	alreadyInProgress: 37,
	noDomain: 112,
	noService: 113,
	disabled: 119,
	noSession: 125,
} as const;

export const exitText = (code: number | undefined): string =>
	`launchctl exited with status ${code ?? 'unknown'}.`;

/** What launchd needs to start a loaded service. Undefined: it does not report it. */
export interface AgentNeeds {
	/** The program of the service, not the shell that waits for the Nix store. */
	readonly program: string | undefined;
	/** Whether such a shell runs first. */
	readonly waitsForStore: boolean;
	/** The working directory of the process. */
	readonly folder: string | undefined;
	/** The file for its standard error. */
	readonly logFile: string | undefined;
}

/** What launchd reports about a loaded service. */
export interface LoadedAgent {
	/** In launchd's own words, such as `running` or `spawn scheduled`. */
	readonly state: string;
	readonly pid: number | undefined;
	/** How often it was started since it was loaded. */
	readonly runs: number;
	/** How the last run ended: an exit status, the name of a signal, or macOS's own reason. Undefined: it has not ended. */
	readonly lastExit: number | string | undefined;
	/** Why macOS itself ended the last run, such as OS_REASON_CODESIGNING (launchctl(1), print). */
	readonly exitReason?: string;
	/** Whether launchd keeps the code signature of the program, as it does since macOS 26 ("has LWCR"). */
	readonly isPinned?: true;
	/** The file that it was loaded from. */
	readonly path: string | undefined;
	/** The account that a daemon runs as, if it is not root. */
	readonly userName?: string;
	/** Whether launchd has postponed its start until something asks for it. */
	readonly pended: boolean;
	readonly needs: AgentNeeds;
	/** The variables that its processes get. */
	readonly variables: Readonly<Record<string, string>>;
}

/** Only lines with one tab describe the service itself: nested blocks have their own `state =`. */
const propertiesIn = (text: string): ReadonlyMap<string, string> =>
	new Map(
		text
			.split('\n')
			.map((line) => /^\t([^\t=][^=]*?) = (.*)$/u.exec(line))
			.filter((match) => match !== null)
			.map(([, name, value]) => [name ?? '', value ?? '']),
	);

const lastExitIn = (properties: ReadonlyMap<string, string>): number | string | undefined => {
	const ended = properties.get('last terminating signal') ?? properties.get('last exit reason');
	if (ended !== undefined) return ended;
	const code = /^\d+/u.exec(properties.get('last exit code') ?? '')?.[0];
	return code === undefined ? undefined : Number(code);
};

/** What stands in a block: a line each, indented by two tabs. */
const linesOf = (text: string, block: string): readonly string[] => {
	const lines = text.split('\n');
	const begin = lines.indexOf(`\t${block} = {`);
	if (begin < 0) return [];
	return lines.slice(begin + 1, lines.indexOf('\t}', begin)).map((line) => line.slice(2));
};

/** A later block counts more. A value with line breaks is cut at the first one. */
const variablesIn = (text: string): Readonly<Record<string, string>> =>
	Object.fromEntries(
		['inherited environment', 'default environment', 'environment']
			.flatMap((block) => linesOf(text, block))
			.map((line) => /^([^ =]+) => (.*)$/u.exec(line))
			.filter((match) => match !== null)
			.map(([, name, value]) => [name ?? '', value ?? '']),
	);

const needsIn = (text: string, properties: ReadonlyMap<string, string>): AgentNeeds => {
	const [shell, flag, script = '', target] = linesOf(text, 'arguments');
	const isShell = shell === '/bin/sh' && flag === '-c';
	return {
		// In files that we did not write, the shell may parse the arguments itself: those are not recognized.
		program: isShell ? target : properties.get('program'),
		waitsForStore: isShell && script.startsWith('/bin/wait4path /nix/'),
		folder: properties.get('working directory'),
		logFile: properties.get('stderr path'),
	};
};

/** Reads the output of `launchctl print` for a service. Apple does not guarantee its format: missing values are undefined. */
export const parseAgent = (text: string): LoadedAgent => {
	const properties = propertiesIn(text);
	const pid = Number(properties.get('pid') ?? 0);
	const userName = properties.get('username');
	const exitReason = properties.get('last exit reason');
	return {
		state: properties.get('state') ?? 'unknown',
		pid: pid > 0 ? pid : undefined,
		runs: Number(properties.get('runs') ?? 0),
		lastExit: lastExitIn(properties),
		path: properties.get('path'),
		...(userName !== undefined && {userName}),
		...(exitReason !== undefined && {exitReason}),
		...(properties.get('properties')?.includes('LWCR') && {isPinned: true}),
		pended: properties.has('pended nondemand spawn'),
		needs: needsIn(text, properties),
		variables: variablesIn(text),
	};
};

const namesIt = (text: string): boolean =>
	text.split('\n').some((line) => /^\s*"org\.vira\.service" => (?:disabled|true)\s*$/u.test(line));

/**
 * Whether the service is disabled, from the output of `launchctl print-disabled`: in words since macOS 13, as true or
 * false before. Undefined: it printed no such list.
 */
export const isDisabled = (answer: string | undefined): boolean | undefined =>
	answer?.includes('disabled services') ? namesIt(answer) : undefined;
