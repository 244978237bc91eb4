/** What a Vira has printed, and how it ended: by a status or by a signal; by neither while it serves. */
export interface Heard {
	readonly status: number | null;
	readonly signal: string | null;
	readonly stdout: string;
	readonly stderr: string;
}

/**
 * A stand-in for Vira, as the table of facts drives it. It has one state folder and one port: in words, paths and in
 * what is printed they are `STATE` and `PORT`, and the time of a line is `TIME`.
 */
export interface StandIn {
	/** Runs a command to its end. */
	readonly run: (words: string, input?: string) => Promise<Heard>;
	/** Lets `vira web` begin, until it serves or has ended. The words before `web` are global options. */
	readonly begin: (words: string) => Promise<Heard>;
	/** Ends the Vira that serves, and answers with all that it has printed since it began. */
	readonly end: (signal: 'SIGTERM' | 'SIGINT') => Promise<Heard>;
	/** The text of a file; undefined where there is none. */
	readonly read: (path: string) => Promise<string | undefined>;
	/** Writes a file, and the folders above it. */
	readonly write: (path: string, text: string) => Promise<void>;
	/** The permissions of what lies at a path, as chmod(1) takes them. */
	readonly mode: (path: string) => Promise<string | undefined>;
	/** Lets another program listen on the port. */
	readonly takePort: () => Promise<void>;
	/** The status of a page of the Vira that serves. */
	readonly ask: (path: string) => Promise<number | undefined>;
	/** Lets it misbehave from now on. */
	readonly behave: (mode: 'gh-fails' | 'answers-500') => Promise<void>;
}
