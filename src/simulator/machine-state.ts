import type {User, FileSystem} from '../platform/system.ts';
import type {SimulatedBuilds} from './builds-state.ts';
import type {LaunchdTimer, MacState} from './macos/mac-state.ts';
import type {SimulatedVira, ViraProcess} from './vira/vira-process.ts';

/** Everything about the simulated machine except its files: JSON, so that a second process can continue with it. */
export interface MachineState {
	/** The machine's own time, milliseconds since 1970. */
	clock: number;
	hostName: string;
	user: User;
	/** Variables on top of those that a session has. */
	environment: Record<string, string>;
	/** The text of /etc/os-release. */
	osRelease: string;
	nixos: boolean;
	wsl: boolean;
	/** What systemd-detect-virt(1) calls the container, if it is one. */
	container: string | undefined;
	/** systemd's version; undefined if its programs are not installed. */
	systemd: number | undefined;
	/** Whether systemd is process 1. */
	booted: boolean;
	/** Whether the user has a session now. */
	session: boolean;
	/** Whether a browser is installed on a Linux machine with a desktop; undefined: no desktop is installed. */
	desktop?: 'with-browser' | 'without-browser';
	/** The URLs that were opened in a browser. */
	opened?: readonly string[];
	lingering: boolean;
	/** Whether polkit refuses to let the user turn their own lingering on or off. */
	lingerRefused: boolean;
	/** Whether logind hangs: a caller waits until D-Bus gives up (sd_bus_call(3)). */
	logindHangs: boolean;
	/** Whether PAM denies the user access, as for an expired account. Then the user manager cannot start either. */
	accountRefused: boolean;
	/** Whether logind did not restore lingering at boot because the file name is escaped (linger-file.ts). */
	lingerUnread: boolean;
	/** Whether journald keeps any journal: not with Storage=none (journald.conf(5)). */
	journalKept: boolean;
	/** Whether journald gives people a file of their own: with Storage=volatile there is one for all, in /run. */
	journalReadable: boolean;
	/** Whether the user is in the group systemd-journal, whose members may read all of the journal. */
	inJournalGroup: boolean;
	/** `refused`: systemd has tried to start it, and PAM did not let it. */
	userManager: 'running' | 'starting' | 'stopped' | 'refused';
	addresses: string[];
	/** What the name localhost leads to, in this order. */
	localhost: string[];
	/** Other programs that listen on a TCP port. */
	listeners: OtherListener[];
	/** Symbolic links, path → target: FileAccess follows links but cannot make them. */
	links: Record<string, string>;
	/** Folders that belong to root, in which the user may write nothing, nor below them; `/` stands for itself alone. */
	readOnly: string[];
	/** Folders and files within those that are the user's own. */
	owned?: string[];
	/** Files that belong to root and that the user may not read; folders that the user may not look into. */
	unreadable: string[];
	/** File systems by mount point, the deepest one counts; everywhere else there is enough free space. */
	fileSystems: Record<string, FileSystem>;
	/** Where file systems are mounted from which nothing may be run. */
	noexec?: string[];
	/** Permission bits of folders that were changed after they were created. */
	modes?: Record<string, number>;
	/** Folders whose own file system is not mounted now: nothing is in them. */
	unmounted: string[];
	/** Drop-ins that were written: FileAccess cannot list a folder. */
	dropIns: string[];
	units: Record<string, UnitState>;
	timers: Timer[];
	nextPid: number;
	vira: InstalledVira | undefined;
	/** Others beside it, such as one of an earlier generation of the profile. */
	otherViras: InstalledVira[];
	/** The Nix that is installed, by the path that a person would name. */
	nix: {path: string; version: string} | undefined;
	/** What Nix can build here: installable → what comes of it. */
	flakes: Record<string, Buildable>;
	/** The Viras that it has built, by the path of their program in the store. */
	built: Record<string, SimulatedVira>;
	/** Whether builds can succeed; absent: the machine is ready. */
	builds?: SimulatedBuilds;
	journal: Record<string, JournalLine[]>;
	/** What only a Mac has; it has nothing of systemd. */
	mac?: MacState;
}

/** A program that has nothing to do with Vira, and listens on a TCP port. */
export interface OtherListener {
	port: number;
	program: string;
	/** Without it, every address there is. */
	address?: string;
	/** The number of its user; without it, this person's. */
	uid?: number;
	/** The user unit of systemd that it belongs to. */
	unit?: string;
	/** What it answers with; without it 404. */
	status?: number;
	/** Whether it answers to HTTPS, and to nothing else; without it, to HTTP. */
	https?: boolean;
}

/** Something that Nix can build. */
export interface Buildable {
	/** The name of its store path, such as `openssh-9.9p1`. */
	name: string;
	/** The outputs that are linked; without it `out`. */
	outputs?: string[];
	/** The Vira in it, if it has one. */
	vira?: SimulatedVira;
	/** The newest commit of its flake, which tells one build from another; absent: the first. */
	commit?: string;
	/** Whether its build fails. */
	fails?: boolean;
	/** How long it takes. */
	seconds: number;
}

interface InstalledVira extends SimulatedVira {
	/** As a person would name it; `~/.nix-profile/bin/vira` leads through links to the store. */
	path: string;
}

/** A unit's files as the manager last read them. */
export interface UnitText {
	path: string;
	/** undefined if the file is a link to /dev/null. */
	text: string | undefined;
	dropIns: {path: string; text: string}[];
}

export interface UnitState {
	/** Absent: the manager has not loaded the unit, and reads the files when asked (systemd.unit(5), garbage collection). */
	loaded?: UnitText | undefined;
	/** Whether the file was gone when the manager last read it. */
	lost: boolean;
	active: 'active' | 'activating' | 'deactivating' | 'inactive' | 'failed';
	sub: 'running' | 'exited' | 'start' | 'start-pre' | 'auto-restart' | 'stop-sigterm' | 'dead' | 'failed';
	result: 'success' | 'exit-code';
	exit: {code: number; status: number};
	mainPid: number;
	restarts: number;
	/** The PID of the last main process, even if it has exited (ExecMainPID). */
	lastPid?: number | undefined;
	/** The id of this start (systemd.exec(5), $INVOCATION_ID); undefined before the first one. */
	invocation?: string | undefined;
	/** When the main process was started; undefined before the first start. */
	startedAt?: number | undefined;
	/** Recent starts, for the limit of systemd.unit(5), StartLimitBurst=. */
	starts: number[];
	process?: ViraProcess | undefined;
	/** Processes that a stop has left running (systemd.kill(5), KillMode=none). */
	left?: {pid: number; process: ViraProcess}[];
}

export type Timer =
	| {at: number; does: 'user-manager-begins'}
	| {at: number; does: 'vira-begins'; unit: string; pid: number}
	| {at: number; does: 'vira-dies'; unit: string; pid: number}
	| {at: number; does: 'restart'; unit: string}
	| LaunchdTimer;

export interface JournalLine {
	at: number;
	/** The program that logged it. */
	by: string;
	pid: number;
	text: string;
	/** The start of the unit that it belongs to. */
	invocation?: string | undefined;
	/** Whether journald does not know the unit: the process exited before journald read it. */
	unitLost?: boolean;
}

export const noUnit = (): UnitState => ({
	lost: false,
	active: 'inactive',
	sub: 'dead',
	result: 'success',
	exit: {code: 0, status: 0},
	mainPid: 0,
	restarts: 0,
	starts: [],
});
