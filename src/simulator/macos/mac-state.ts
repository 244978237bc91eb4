import type {ViraProcess} from '../vira/vira-process.ts';

/** Where a service lives: `system`, or one of the two domains of a user, by the user's number (launchctl(1)). */
export type DomainTarget = 'system' | `gui/${number}` | `user/${number}`;

export type Session = 'Aqua' | 'Background' | 'System';

/** Everything about a simulated Mac that a Linux machine does not have. */
export interface MacState {
	/** As sw_vers(1) prints it, such as `15.6.1`. */
	version: string;
	architecture: 'arm64' | 'x86_64';
	/** Whether the program runs through Rosetta. */
	translated: boolean;
	fileVault: boolean;
	/** No password has been entered since the boot: only the system part of the disk can be read. */
	locked?: boolean;
	/** The user with automatic login, if /etc/kcpassword has the password. */
	autoLogin?: string;
	/** What pmset(1) prints about sleep; undefined: nothing. */
	sleep: {minutes: number; disabled?: boolean; preventedBy?: string} | undefined;
	/** Whether sudo(8) runs a command immediately, asks for a password first, or refuses this user. */
	sudo: 'free' | 'password' | 'refused';
	/** Until when sudo remembers the password. */
	sudoUntil: number;
	/** Whether launchctl can be run, is missing, or never finishes. */
	launchctl: 'works' | 'missing' | 'hangs';
	profile: Profile;
	/** The switches that have been read since the Mac was created: the others had no effect. */
	consulted: (keyof Profile)[];
	/** The session that the program runs in. */
	caller: {session: Session; viaSsh: boolean};
	/** All accounts except root. */
	accounts: Account[];
	/** The UID of the user at the Mac's screen: 0, root, at the login window. */
	console: number;
	/** By UID. A user who is missing has not logged in since the last boot. */
	domains: Record<string, UserDomains>;
	/** What `enable` and `disable` wrote, by `system` or the user's number: it outlives reboots and uninstalling. */
	overrides: Record<string, Record<string, 'enabled' | 'disabled'>>;
	/** By domain and label, such as `gui/501/org.vira.service`. */
	services: Record<string, LaunchedService>;
	/** The behavior of services by label, and of domains by name. */
	behaviours: Record<string, LaunchBehaviour>;
	/** What a test lets happen in the middle of a run of the program, once each. */
	faults?: LaunchctlFault[];
	/** The last commands that ran. */
	calls: RecordedCommand[];
	/** What only worked by luck, such as a process that was killed while it was starting. */
	warnings: string[];
}

/** Behavior of macOS about which sources disagree. Each variant has been reported. */
export interface Profile {
	/** The status of bootstrap for a loaded label, without root. */
	alreadyLoaded: 5 | 37 | 17;
	/** The status of bootstrap for a disabled label, without root. */
	disabledNonroot: 5 | 119;
	/** The status of bootout for a label that is not loaded. */
	bootoutMissing: 3 | 113;
	/** Whether LimitLoadToSessionType may be a list. */
	arraySessionTypes: 'ok' | 'fail5';
	/** Whether print begins with `Bad request.` if it finds nothing. */
	badRequestLine: boolean;
	/** The status for a missing gui domain of a user who has logged in. */
	domainAbsentCode: 125 | 112;
	/** Since macOS 26: how long a program is killed that was replaced after its job was loaded. */
	staleSignature: 'until-bootout' | 'once';
	/** Whether background processes are refused access to protected folders and other volumes. */
	guardedFolders: 'refused' | 'open';
	/** Whether the user domain accepts a property list on another volume. */
	userDomainVolumes: 'refused' | 'taken';
}

interface LaunchctlFault {
	/** A command of launchctl: it happens just before its next call. */
	before: string;
	happens: 'gui-login' | 'gui-logout' | 'nix-unmounts' | 'launchctl-hangs';
}

export interface Account {
	name: string;
	uid: number;
	home: string;
}

/** The domains of a user who has logged in since the last boot. The user domain then always exists. */
interface UserDomains {
	gui: boolean;
	/** The audit session of the gui domain. */
	asid: number;
}

export interface LaunchBehaviour {
	/** After what time the process exits, and how. */
	exitAfterMs?: number;
	ending?: Ended;
	/** How long the process takes to exit after SIGTERM or SIGINT; by default 1500. */
	termDelayMs?: number;
	/** How long it takes to exit after SIGKILL, as in a system call that cannot be interrupted; by default 0. */
	killDelayMs?: number;
	/** How long launchd takes to start it; by default 0. */
	spawnDelayMs?: number;
	spawnFails?: boolean;
	/** Whether the start by RunAtLoad is postponed. */
	pendOnBootstrap?: boolean;
	/** Whether a restart after a crash is postponed. */
	pendOnRestart?: boolean;
	/** Whether it is turned off in Login Items. */
	btmDenied?: boolean;
	/** Property lists with this text in their program arguments are refused. */
	rejects?: string;
	/** Exit statuses of the next calls, by command. The call does nothing, even with 0, as has been seen of bootout. */
	failNext?: Record<string, number[]>;
	/** The exit status of every call of a command, which then does nothing. */
	failAlways?: Record<string, number>;
}

export type Ended = {how: 'exit'; code: number} | {how: 'signal'; signal: number; reason?: string};

/** An agent or daemon, as launchd has read it from its property list. */
export interface LaunchdJob {
	label: string;
	program: string;
	/** All words, the program's own name first. */
	words: string[];
	runAtLoad: boolean;
	keepAlive: boolean | {SuccessfulExit?: boolean; Crashed?: boolean};
	throttleMs: number;
	/** 0: no limit. */
	exitTimeoutMs: number;
	environment: Record<string, string>;
	folder?: string;
	stdout?: string;
	stderr?: string;
	sessionTypes?: string[];
	/** Whether the session types were given as a list. */
	sessionTypesListed: boolean;
	userName?: string;
	disabled: boolean;
	/** The limit of open files. A process can raise its soft limit up to the hard one. */
	openFiles: {soft: number; hard?: number};
	spawnType: string;
}

export interface LaunchedService {
	domain: DomainTarget;
	label: string;
	/** Where its property list was when it was loaded. */
	path: string;
	job: LaunchdJob;
	/** The signature of its program when it was loaded, if launchd keeps it. */
	signature?: string;
	state: 'not running' | 'spawn scheduled' | 'spawning' | 'running' | 'SIGTERMed' | 'SIGKILLed';
	pid?: number;
	/** The process, when it is Vira: not the shell that waits for the Nix store. */
	process?: ViraProcess;
	runs: number;
	last: Ended | {how: 'never'};
	pended?: 'speculative' | 'inefficient';
	/** Why it was started last. */
	reason?: string;
	startedAt?: number;
	nextSpawnAt?: number;
	/** What happens when the process has exited; by default, what KeepAlive says. */
	afterwards?: 'remove' | 'spawn';
}

interface RecordedCommand {
	at: number;
	command: string[];
	euid: number;
	session: Session;
	exitCode: number | null;
}

/** A scheduled event of launchd, or of one of its processes. */
export interface LaunchdTimer {
	at: number;
	does: 'launchd';
	what:
		| 'spawn'
		| 'start'
		| 'serve'
		| 'fail'
		| 'end'
		| 'interrupted'
		| 'finish'
		| 'kill'
		| 'vanish'
		| 'deny'
		| 'mount-nix';
	/** By domain and label; empty if it does not concern a service. */
	service: string;
	/** Only while the service has this process. */
	pid?: number;
}
