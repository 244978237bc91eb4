import type {User} from './facts.ts';

/** The words of a command: program, then arguments. Never a shell string. */
export type Command = readonly [program: string, ...arguments_: string[]];

export interface RunResult {
	/** undefined when the program could not be started, was killed, or ran into one of its limits. */
	readonly exitCode: number | undefined;
	readonly stdout: string;
	readonly stderr: string;
	readonly timedOut: boolean;
	/** False where there is no such program. */
	readonly found: boolean;
	/** Why a program that is there could not be started (execve(2), fork(2)), such as `permission denied`. */
	readonly notStarted?: string;
	/** How many bytes it was allowed to print, where it printed more: it was ended, and nothing of that is kept. */
	readonly overflow?: number;
}

export type Kind = 'file' | 'folder' | 'link' | 'other';

export interface Inspected {
	/** What lies at the path itself; a link is not followed. */
	readonly kind: Kind;
	/** Permission bits of what lies at the path, a link followed. */
	readonly mode: number;
	/** The number of the user it belongs to, a link followed. */
	readonly owner: number;
	/** In bytes, a link followed. */
	readonly size: number;
	/** What a link says, as it stands there; undefined for everything else. */
	readonly linksTo: string | undefined;
	/** Where the path leads once every link is followed; undefined for a link that leads nowhere. */
	readonly realPath: string | undefined;
	/** Kind of what the path leads to. */
	readonly leadsTo: Kind | undefined;
	readonly executable: boolean;
	readonly readable: boolean;
	readonly writable: boolean;
}

/** The file system that a path lies on. */
export interface FileSystem {
	/**
	 * In the words of mount(8), such as `tmpfs` or `nfs`, or `other` for one that nothing follows from; `unknown` where the
	 * machine does not say, and nothing is known of the rest but the room.
	 */
	readonly kind: string;
	/** Whether another machine keeps it. */
	readonly network: boolean;
	/** Whether it is gone after a reboot. */
	readonly temporary: boolean;
	/** What this person can still write, in bytes; Infinity where it does not say. */
	readonly freeBytes: number;
}

export interface ReadOptions {
	/** Whether U+FFFD may take the place of bytes that are no UTF-8: for what is only searched or shown, and never kept. */
	readonly lossy?: boolean;
	/** Absent: the limit for what a person, or we ourselves, write. */
	readonly mostBytes?: number;
}

export interface RunOptions {
	/** Infinity: it may go on until the signal ends it. */
	readonly timeoutMs?: number;
	/** Ends the command, and all that it started. */
	readonly signal?: AbortSignal;
	/** How much it may print on standard output or standard error, in bytes: 4 MiB where nothing else is said. */
	readonly mostBytes?: number;
	/** Is told each line of standard error as it is written, a long one in parts: only the end of all that is kept then. */
	readonly onLine?: (line: string) => void;
	/** Is given standard output as it comes, piece by piece: it is not kept then. The command waits for its answer. */
	readonly onOutput?: (bytes: Uint8Array) => void | Promise<void>;
}

/** Lends the bare terminal to a command that asks the person something by itself, for as long as `use` takes. */
export type Lend = (command: Command, use: () => Promise<RunResult>) => Promise<RunResult>;

export interface AskOptions {
	readonly timeoutMs: number;
	readonly signal?: AbortSignal;
	/** The address to connect to, in the place of those that the URL's name leads to. */
	readonly at?: string;
	/** How much of the page is wanted, in bytes; absent: only its status. */
	readonly bodyBytes?: number;
}

export type Answer =
	| {
			readonly answered: true;
			readonly status: number;
			/** The beginning of the page, UTF-8, where it was wanted. */
			readonly body?: string;
	  }
	| {readonly answered: false; readonly why: string};

/** What keeps a server from listening: the port or the right to it, or the address or its name. */
export type ListenTrouble = 'in-use' | 'not-allowed' | 'not-ours' | 'unknown-name';

export type Lock =
	| {readonly taken: true; readonly release: () => void}
	| {
			readonly taken: false;
			/** The process that has it, where it says so. */ readonly holder: number | undefined;
	  };

/**
 * The machine, as far as the program touches it. The real one is made in real-system.ts; a simulated one in
 * rehearsal/. Every method that reads answers undefined for what is not there; failures of the machine are thrown.
 */
export interface System {
	readonly kind: 'real' | 'simulation';
	readonly platform: 'linux' | 'darwin' | 'other';
	readonly user: User;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Addresses of this machine's own network interfaces, loopback included. */
	readonly ownAddresses: readonly string[];

	/** Runs a command without a terminal, in the C locale, and never throws for its exit status. */
	run(command: Command, options?: RunOptions): Promise<RunResult>;
	/**
	 * Runs a command as root, by sudo(8), and never throws for its exit status. Where a person is at the terminal, sudo can
	 * ask them for a password there; where nobody is, it asks nobody, and the command fails.
	 */
	runAsRoot(command: Command): Promise<RunResult>;

	/**
	 * The text of an ordinary file. Throws a SetupError, which names it, where it is something else, larger than the limit,
	 * or no UTF-8.
	 */
	readFile(path: string, options?: ReadOptions): Promise<string | undefined>;
	/** Throws an error of the code EACCES for what lies in a folder that this person may not look into. */
	inspect(path: string): Promise<Inspected | undefined>;
	/** The names in a folder. */
	list(path: string): Promise<readonly string[] | undefined>;
	/** What the symbolic links in a folder say. Throws an error of the code EACCES where this person may not look. */
	linksIn(path: string): Promise<readonly string[] | undefined>;
	/** The file system below an existing path. */
	fileSystemAt(path: string): Promise<FileSystem | undefined>;

	/** Replaces the whole file at once, flushed to disk; the folder must exist. */
	writeFile(path: string, content: string, mode: number): Promise<void>;
	/** Gives a file or folder another name on the same file system; nothing may be there yet. */
	move(from: string, to: string): Promise<void>;
	/** Does nothing where there is no file. */
	deleteFile(path: string): Promise<void>;
	/** Makes one folder; its parent must exist. Answers false, and changes nothing, where something is there. */
	makeFolder(path: string, mode: number): Promise<boolean>;
	/** Removes a folder: only an empty one, unless `withContents`. Does nothing where there is none, or it is not empty. */
	deleteFolder(path: string, options: {readonly withContents: boolean}): Promise<void>;

	/**
	 * Puts a file into a folder of its own, which this person alone can read, for as long as `use` takes: for programs
	 * that check a file and take it from nowhere else.
	 */
	withScratchFile<T>(name: string, content: string, use: (path: string) => Promise<T>): Promise<T>;

	/**
	 * Asks a URL with GET. A certificate that nobody vouches for is accepted only from one of this machine's own
	 * addresses.
	 */
	ask(url: string, options: AskOptions): Promise<Answer>;

	/** The addresses that a name leads to, in the order in which programs try them; an address leads to itself. */
	addressesOf(host: string): Promise<readonly string[]>;

	/** Listens on a TCP address for a moment; undefined where a server can. */
	tryListen(host: string, port: number): Promise<ListenTrouble | undefined>;

	/** Takes the one lock that this user's runs share. It is free again when the process ends, at the latest. */
	lock(): Promise<Lock>;

	/** Milliseconds since 1970. */
	now(): number;
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
