import type {Reason} from '../../reasons.ts';

export const unknownCause = 'The cause is unknown. See the last log lines.';

/** Why a service is not running properly. */
export interface Cause {
	readonly reason: Reason;
	/** The cause itself, in one sentence. */
	readonly message: string;
	/** How to fix it: sentences, or commands to copy, each followed by three blanks and what it does. */
	readonly fixes: readonly string[];
	/** Whether running setup again with the same settings fixes it. */
	readonly bySetup?: true;
}
