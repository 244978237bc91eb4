import type {Reason} from './reasons.ts';

/** What the program's exit status means to a script. */
export const exitCode = {
	done: 0,
	unexpected: 1,
	/** Of status alone: it has looked, and all is not well. */
	unwell: 1,
	usage: 2,
	unsuitable: 3,
	privilege: 4,
	refused: 5,
	unhealthy: 6,
	wouldChange: 10,
	cancelled: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export interface Complaint {
	/** One sentence: what went wrong. */
	readonly what: string;
	/** The reason, in the words of whoever gave it. */
	readonly why?: string;
	/** What to do now: sentences, or commands that can be copied. */
	readonly next?: readonly string[];
	readonly code: ExitCode;
	/** Why the service does not run as it should, where that is what went wrong. */
	readonly reason?: Reason;
	/** Whether something is otherwise than before all the same. */
	readonly changed?: boolean;
	/** What is wrong with the settings, one by one: `what` says the same as lines. `setting` is the name in the file. */
	readonly problems?: readonly {
		readonly setting: string | null;
		readonly item: string | null;
		readonly message: string;
	}[];
	/** Last lines of the service's own log, oldest first. */
	readonly log?: readonly string[];
}

/** An error that the person can act on. Anything else that is thrown is a bug of ours. */
export class SetupError extends Error {
	override readonly name = 'SetupError';
	readonly complaint: Complaint;

	constructor(complaint: Complaint) {
		super(complaint.what);
		this.complaint = complaint;
	}
}

/** The person, or a signal, ended the run before it was done. */
export class Cancelled extends Error {
	override readonly name = 'Cancelled';
}
