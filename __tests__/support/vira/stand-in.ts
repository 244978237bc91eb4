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
	/** Ends the Vira that serves, and returns everything that it has printed since its start. */
	readonly end: (signal: 'SIGTERM' | 'SIGINT') => Promise<Heard>;
	/** The text of a file; undefined if it does not exist. */
	readonly read: (path: string) => Promise<string | undefined>;
	/** Writes a file, and its parent folders. */
	readonly write: (path: string, text: string) => Promise<void>;
	/** The permissions of what lies at a path, as chmod(1) takes them. */
	readonly mode: (path: string) => Promise<string | undefined>;
	/** Lets another program listen on the port. */
	readonly takePort: () => Promise<void>;
	/** The status of a page of the Vira that serves. */
	readonly ask: (path: string) => Promise<number | undefined>;
	/** Makes it misbehave. */
	readonly behave: (mode: 'gh-fails' | 'answers-500') => Promise<void>;
}
