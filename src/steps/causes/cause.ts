import type {Reason} from '../../reasons.ts';

/** Why a service does not run as it should. */
export interface Cause {
	readonly reason: Reason;
	/** The cause itself, in one sentence. */
	readonly message: string;
	/** What to do about it: sentences, or commands to copy, what they do after three blanks. */
	readonly fixes: readonly string[];
	/** Whether setting it up again as it is set takes care of it. */
	readonly bySetup?: true;
}
