import type {Command} from '../system.ts';
import {parseNeeds, type AgentNeeds} from './agent-needs.ts';

/** The name of the service: the same as in Vira's own module. */
export const label = 'org.vira.service';

/** Where the file of a daemon of that name is, whoever made it. */
export const daemonPath = `/Library/LaunchDaemons/${label}.plist`;

/** Where launchd keeps a service: the person's session at the screen, their background, or the whole machine. */
export type Domain = 'gui' | 'user' | 'system';

export const domains = ['gui', 'user', 'system'] as const satisfies readonly Domain[];

/** A domain as launchctl(1) writes it, such as `gui/501`. */
export const domainTarget = (domain: Domain, uid: number): string =>
	domain === 'system' ? domain : `${domain}/${uid}`;

export const serviceTarget = (domain: Domain, uid: number): string => `${domainTarget(domain, uid)}/${label}`;

const launchctl = (...words: readonly string[]): Command => ['/bin/launchctl', ...words];

/** The commands that a plan is made of, each as launchctl(1) describes it. */
export const commands = {
	printDomain: (domain: Domain, uid: number) => launchctl('print', domainTarget(domain, uid)),
	print: (domain: Domain, uid: number) => launchctl('print', serviceTarget(domain, uid)),
	/** The store is one for both domains of a person, and `user` is there without a screen. */
	printDisabled: (domain: 'user' | 'system', uid: number) =>
		launchctl('print-disabled', domainTarget(domain, uid)),
	enable: (domain: Domain, uid: number) => launchctl('enable', serviceTarget(domain, uid)),
	disable: (domain: Domain, uid: number) => launchctl('disable', serviceTarget(domain, uid)),
	bootstrap: (domain: Domain, uid: number, path: string) =>
		launchctl('bootstrap', domainTarget(domain, uid), path),
	bootout: (domain: Domain, uid: number) => launchctl('bootout', serviceTarget(domain, uid)),
	/** Reaches the process alone, and leaves the service loaded (launchctl(1), kill). */
	interrupt: (domain: Domain, uid: number) => launchctl('kill', 'SIGINT', serviceTarget(domain, uid)),
	kickstart: (domain: Domain, uid: number) => launchctl('kickstart', serviceTarget(domain, uid)),
	/** Ends what runs first, and makes a new process from the text that launchd holds. */
	restart: (domain: Domain, uid: number) => launchctl('kickstart', '-k', serviceTarget(domain, uid)),
} as const;

/** What the exit statuses of launchctl mean: the numbers of `launchctl error`. */
export const status = {
	noSuchProcess: 3,
	/** For everybody but root it stands for nearly anything: what is true has to be looked up. */
	inputOutput: 5,
	exists: 17,
	inProgress: 36,
	alreadyInProgress: 37,
	noDomain: 112,
	noService: 113,
	disabled: 119,
	noSession: 125,
} as const;

/** What launchd says of a service that it knows. */
export interface LoadedAgent {
	/** launchd's own word, such as `running` or `spawn scheduled`. */
	readonly state: string;
	readonly pid: number | undefined;
	/** How often it was started since it was loaded. */
	readonly runs: number;
	/** How the run before ended: an exit status, the name of a signal, macOS's own reason, or undefined where it has not. */
	readonly lastExit: number | string | undefined;
	/** Why macOS itself has ended the run before, such as OS_REASON_CODESIGNING (launchctl(1), print). */
	readonly exitReason?: string;
	/** Whether launchd holds on to the code signature of the program that it starts, as since macOS 26 ("has LWCR"). */
	readonly isPinned?: true;
	/** The file that it was loaded from. */
	readonly path: string | undefined;
	/** Whom a daemon runs as, where that is not root. */
	readonly userName?: string;
	/** Whether launchd has put off its start until something asks for it. */
	readonly pended: boolean;
	readonly needs: AgentNeeds;
}

/** Only lines with one tab are about the service itself: the blocks inside it have a `state =` of their own. */
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

/** Reads what `launchctl print` says of a service. Apple calls that text no interface: what is missing is undefined. */
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
		needs: parseNeeds(text, properties),
	};
};

const namesIt = (text: string): boolean =>
	text.split('\n').some((line) => /^\s*"org\.vira\.service" => (?:disabled|true)\s*$/u.test(line));

/**
 * Whether somebody has switched the service off, by what `launchctl print-disabled` answers: in words since macOS 13, as
 * true or false before. undefined: it gave no such list.
 */
export const isDisabled = (answer: string | undefined): boolean | undefined =>
	answer?.includes('disabled services') ? namesIt(answer) : undefined;
