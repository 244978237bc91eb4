/** The account that the program runs under. */
export interface User {
	readonly name: string;
	readonly uid: number;
	readonly home: string;
	/** Who called sudo, where the program runs through it. */
	readonly sudoFrom: string | undefined;
}

/** The words of a command: program, then arguments. Never a shell string. */
export type Command = readonly [program: string, ...arguments_: string[]];

export interface RunResult {
	/** undefined if the program could not be started, was killed, or exceeded a limit. */
	readonly exitCode: number | undefined;
	readonly stdout: string;
	readonly stderr: string;
	readonly timedOut: boolean;
	/** False if the program does not exist. */
	readonly found: boolean;
	/** Why an existing program could not be started (execve(2), fork(2)), such as `permission denied`. */
	readonly notStarted?: string;
	/** The output limit in bytes, if it was exceeded: the program was stopped, and no output is kept. */
	readonly overflow?: number;
}

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface Inspected {
	/** The kind of the path itself; a link is not followed. */
	readonly kind: FileKind;
	/** Permission bits; a link is followed. */
	readonly mode: number;
	/** The UID of the owner; a link is followed. */
	readonly owner: number;
	/** In bytes; a link is followed. */
	readonly size: number;
	/** The target of a link, unresolved; undefined for everything else. */
	readonly linksTo: string | undefined;
	/** The path with all links resolved; undefined for a dangling link. */
	readonly realPath: string | undefined;
	/** Kind of what the path leads to. */
	readonly leadsTo: FileKind | undefined;
	readonly executable: boolean;
	readonly readable: boolean;
	readonly writable: boolean;
}

/** The file system of a path. */
export interface FileSystem {
	/**
	 * As in mount(8), such as `tmpfs` or `nfs`, or `other` for one that does not matter here; `unknown` if the machine does
	 * not report it: then only the free space is known.
	 */
	readonly kind: string;
	/** Whether it is on another machine. */
	readonly network: boolean;
	/** Whether it is lost at a reboot. */
	readonly temporary: boolean;
	/** Space that this user can still write, in bytes; Infinity if unknown. */
	readonly freeBytes: number;
}

export interface ReadOptions {
	/** Whether U+FFFD may replace bytes that are not UTF-8: for text that is only searched or shown, never kept. */
	readonly lossy?: boolean;
	/** Absent: the limit for files that a person or vira-setup writes. */
	readonly mostBytes?: number;
}

/** Far more than any tool prints here for one question. */
export const defaultMostBytes = 4 * 2 ** 20;

export interface RunOptions {
	/** Infinity: no limit; only the signal ends it. */
	readonly timeoutMs?: number;
	/** Ends the command and everything it started. */
	readonly signal?: AbortSignal;
	/** All variables of the command, instead of those of this process: other users cannot read them. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Limit for standard output and for standard error, in bytes; the default is `defaultMostBytes`. */
	readonly mostBytes?: number;
	/** Called with each line of standard error, a long one in parts; only the end of it is kept then. */
	readonly onLine?: (line: string) => void;
	/**
	 * The command may run on after us, as a browser does: its output is not read, it has the person's own environment, and
	 * after the time limit it is left running.
	 */
	readonly mayOutlive?: boolean;
	/** Called with each piece of standard output, which is not kept then. The command waits for it to finish. */
	readonly onOutput?: (bytes: Uint8Array) => void | Promise<void>;
}

/** Lends the bare terminal to a command that asks the person something itself, while `use` runs. */
export type Lend = (command: Command, use: () => Promise<RunResult>) => Promise<RunResult>;

export interface AskOptions {
	readonly timeoutMs: number;
	readonly signal?: AbortSignal;
	/** The address to connect to, instead of those of the URL's host name. */
	readonly at?: string;
	/** How many bytes of the body to read; absent: only the status. */
	readonly bodyBytes?: number;
}

export type Answer =
	| {
			readonly answered: true;
			readonly status: number;
			/** The beginning of the body as UTF-8, if requested. */
			readonly body?: string;
	  }
	| {readonly answered: false; readonly why: string};

/** What prevents a server from listening: the port, its permission, the address or its name. */
export type ListenTrouble = 'in-use' | 'not-allowed' | 'not-ours' | 'unknown-name';

export type Lock =
	| {readonly taken: true; readonly release: () => void}
	| {
			readonly taken: false;
			/** The PID of the holder, if known. */ readonly holder: number | undefined;
	  };

/**
 * The machine, as far as the program uses it. The real one is in real-system.ts, the simulated ones in simulator/. Every
 * method that reads returns undefined for what does not exist; failures of the machine are thrown.
 */
export interface System {
	readonly kind: 'real' | 'simulation';
	readonly platform: 'linux' | 'darwin' | 'other';
	readonly user: User;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Addresses of this machine's own network interfaces, loopback included. */
	readonly ownAddresses: readonly string[];

	/** Runs a command without a terminal in the C locale. Never throws because of the exit status. */
	run(command: Command, options?: RunOptions): Promise<RunResult>;
	/**
	 * Runs a command as root with sudo(8). Never throws because of the exit status. With a person at the terminal, sudo
	 * can ask for a password there; otherwise, the command fails.
	 */
	runAsRoot(command: Command): Promise<RunResult>;

	/**
	 * The text of a regular file. Throws a SetupError with its path if it is something else, larger than the limit, or not
	 * UTF-8.
	 */
	readFile(path: string, options?: ReadOptions): Promise<string | undefined>;
	/** Throws an error with the code EACCES if the folder is not accessible for this user. */
	inspect(path: string): Promise<Inspected | undefined>;
	/** The names in a folder. */
	list(path: string): Promise<readonly string[] | undefined>;
	/** The targets of the links in a folder. Throws an error with the code EACCES if it is not accessible. */
	linksIn(path: string): Promise<readonly string[] | undefined>;
	/** The file system of an existing path. */
	fileSystemAt(path: string): Promise<FileSystem | undefined>;

	/** Replaces the file atomically and flushes it to disk; the folder must exist. */
	writeFile(path: string, content: string, mode: number): Promise<void>;
	/** Renames a file or folder on the same file system; the new path must not exist. */
	move(from: string, to: string): Promise<void>;
	/** Does nothing if the file does not exist. */
	deleteFile(path: string): Promise<void>;
	/** Creates one folder; its parent must exist. Returns false and changes nothing if the path exists. */
	makeFolder(path: string, mode: number): Promise<boolean>;
	/** Removes a folder, only if empty unless `withContents`. Does nothing if it does not exist or is not empty. */
	deleteFolder(path: string, options: {readonly withContents: boolean}): Promise<void>;

	/**
	 * Puts a file into a new folder that only this user can read, while `use` runs: for programs that check a file and
	 * accept it only by path.
	 */
	withScratchFile<T>(name: string, content: string, use: (path: string) => Promise<T>): Promise<T>;

	/**
	 * Requests a URL with GET. An untrusted certificate is accepted only from one of this machine's own addresses.
	 */
	ask(url: string, options: AskOptions): Promise<Answer>;

	/** The addresses of a host name, in the order in which programs try them; an address resolves to itself. */
	addressesOf(host: string): Promise<readonly string[]>;

	/** Listens on a TCP address for a moment; undefined: a server can listen there. */
	tryListen(host: string, port: number): Promise<ListenTrouble | undefined>;

	/** Takes the lock that this user's runs share. It is released when the process ends, at the latest. */
	lock(): Promise<Lock>;

	/** Milliseconds since 1970. */
	now(): number;
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
