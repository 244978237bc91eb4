import type {Notice} from '../../notice.ts';
import type {Reason} from '../../errors.ts';

export const unknownCause = 'The cause is unknown. See the last log lines.';

/** Why a service is not running properly. */
export interface Cause extends Pick<Notice, 'message' | 'fixes'> {
	readonly reason: Reason;
	/** Whether running setup again with the same settings fixes it. */
	readonly bySetup?: true;
}
