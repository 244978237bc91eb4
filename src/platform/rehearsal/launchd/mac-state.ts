import type {ViraProcess} from '../machine-state.ts';

/** Where a service lives: `system`, or one of the two domains of a user, by the user's number (launchctl(1)). */
export type Domain = 'system' | `gui/${number}` | `user/${number}`;

export type Session = 'Aqua' | 'Background' | 'System';

/** Everything about a simulated Mac that a Linux machine does not have. */
export interface MacState {
	/** As sw_vers(1) prints it, such as `15.6.1`. */
	version: string;
	architecture: 'arm64' | 'x86_64';
	/** Whether the program runs through Rosetta. */
	translated: boolean;
	fileVault: boolean;
	/** Since the boot nobody has entered a password: nothing of the disk but the system can be read. */
	locked?: boolean;
	/** Who is logged in at the screen after every boot, where /etc/kcpassword has the password. */
	autoLogin?: string;
	/** What pmset(1) says of sleep; undefined: nothing. */
	sleep: {minutes: number; disabled?: boolean; preventedBy?: string} | undefined;
	/** Whether sudo(8) runs a command at once, asks for a password first, or does not let this user do anything. */
	sudo: 'free' | 'password' | 'refused';
	/** Until when sudo remembers that a password was given. */
	sudoUntil: number;
	/** Whether launchctl can be called; one that hangs never answers. */
	launchctl: 'works' | 'missing' | 'hangs';
	profile: Profile;
	/** Which of its switches were looked at since the Mac was made: the others cannot have mattered. */
	consulted: (keyof Profile)[];
	/** The session that the program runs in. */
	caller: {session: Session; viaSsh: boolean};
	/** Everybody who has an account, root left out. */
	accounts: Account[];
	/** The number of the user whom the screen belongs to now: 0, root, at the login window. */
	console: number;
	/** By the user's number; who is not in it has not been seen since the machine booted. */
	domains: Record<string, UserDomains>;
	/** What `enable` and `disable` wrote, by `system` or the user's number: it outlives reboots and uninstalling. */
	overrides: Record<string, Record<string, 'enabled' | 'disabled'>>;
	/** By domain and label, such as `gui/501/org.vira.service`. */
	services: Record<string, LaunchedService>;
	/** How things go, by label; what concerns a whole domain, by the domain. */
	behaviours: Record<string, LaunchBehaviour>;
	/** What happens in the middle of a run of the program, once each. */
	surprises: Surprise[];
	/** Every command that ran, the oldest forgotten. */
	calls: Call[];
	/** What went well by luck only, such as a process killed while it was starting. */
	warnings: string[];
}

/** Where the sources disagree about what macOS does: each of these was reported. */
export interface Profile {
	/** What bootstrap of a loaded label answers to a user. */
	alreadyLoaded: 5 | 37 | 17;
	/** What bootstrap of a disabled label answers to a user. */
	disabledNonroot: 5 | 119;
	/** What bootout of a label that is not loaded answers. */
	bootoutMissing: 3 | 113;
	/** Whether LimitLoadToSessionType may be a list. */
	arraySessionTypes: 'ok' | 'fail5';
	/** Whether print begins with `Bad request.` where it finds nothing. */
	badRequestLine: boolean;
	/** What a user's missing gui domain answers once the user was seen. */
	domainAbsentCode: 125 | 112;
	/** Since macOS 26: how long launchd kills a program that is another than when its job was loaded. */
	staleSignature: 'until-bootout' | 'once';
	/** Whether a background process is refused what lies in a folder that macOS guards, or on another volume. */
	guardedFolders: 'refused' | 'open';
	/** Whether a user's background takes a property list that lies on another volume. */
	userDomainVolumes: 'refused' | 'taken';
}

export interface Surprise {
	/** A verb of launchctl: just before its next call. */
	before: string;
	happens: 'gui-login' | 'gui-logout' | 'nix-unmounts' | 'launchctl-hangs';
}

export interface Account {
	name: string;
	uid: number;
	home: string;
}

/** The domains that a user who was seen since boot has; the user domain is always there then. */
export interface UserDomains {
	gui: boolean;
	/** The audit session of the gui domain. */
	asid: number;
}

export interface LaunchBehaviour {
	/** How long the process lives by itself, and how it ends then. */
	exitAfterMs?: number;
	ending?: Ended;
	/** How long the process takes to end after SIGTERM or SIGINT; without it 1500. */
	termDelayMs?: number;
	/** How long it takes to be gone after SIGKILL, as in a system call that cannot be interrupted; without it 0. */
	killDelayMs?: number;
	/** How long launchd takes to start it; without it 0. */
	spawnDelayMs?: number;
	spawnFails?: boolean;
	/** Whether what RunAtLoad asks for is put off. */
	pendOnBootstrap?: boolean;
	/** Whether a restart after a crash is put off. */
	pendOnRestart?: boolean;
	/** Whether it is switched off in the Login Items. */
	btmDenied?: boolean;
	/** Property lists with this text in their program's words are refused, whatever is right with them. */
	rejects?: string;
	/** Exit statuses of the next calls, by verb; nothing is done then, with 0 as well: so it was seen of bootout. */
	failNext?: Record<string, number[]>;
	/** The exit status of every call of a verb; nothing is done then. */
	failAlways?: Record<string, number>;
}

export type Ended = {how: 'exit'; code: number} | {how: 'signal'; signal: number; reason?: string};

/** An agent or daemon as launchd read it from its property list, and keeps it. */
export interface Job {
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
	/** How many files its processes may have open; a process can raise its soft limit as far as the hard one. */
	openFiles: {soft: number; hard?: number};
	spawnType: string;
}

export interface LaunchedService {
	domain: Domain;
	label: string;
	/** Where its property list was when it was loaded. */
	path: string;
	job: Job;
	/** What its program was when it was loaded, where launchd holds on to that. */
	signature?: string;
	state: 'not running' | 'spawn scheduled' | 'spawning' | 'running' | 'SIGTERMed' | 'SIGKILLed';
	pid?: number;
	/** The process once it is Vira; the shell that waits for the Nix store is none yet. */
	process?: ViraProcess;
	runs: number;
	last: Ended | {how: 'never'};
	pended?: 'speculative' | 'inefficient';
	/** Why it was started last. */
	reason?: string;
	startedAt?: number;
	nextSpawnAt?: number;
	/** What happens once the process has ended; absent: what KeepAlive says. */
	afterwards?: 'remove' | 'spawn';
}

export interface Call {
	at: number;
	command: string[];
	euid: number;
	session: Session;
	exitCode: number | null;
}

/** Something that launchd, or a process of its, does by itself later. */
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
	/** By domain and label; empty where it concerns no service. */
	service: string;
	/** Only while the service has this process. */
	pid?: number;
}
