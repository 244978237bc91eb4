import type {Settings} from '../../settings/options.ts';
import type {Proposed} from '../propose.ts';
import type {Existing} from '../situation.ts';

/** Something that is not as it was set up, or will not stay so. */
export interface Drift {
	readonly code:
		| 'interrupted'
		| 'newer-format'
		| 'no-receipt'
		| 'receipt-unreadable'
		| 'file-missing'
		| 'changed-by-hand'
		| 'other-mode'
		| 'lingering-off'
		| 'not-enabled'
		| 'not-reloaded'
		| 'drop-in'
		| 'vira-gone'
		| 'not-applicable'
		| 'certificate-unusable'
		| 'not-applied'
		| 'older-text';
	readonly message: string;
	/** A command that mends it, and what it does. */
	readonly fixes?: string;
	readonly dropIn?: {
		readonly path: string;
		/** Whether it decides what is started. */
		readonly startsOther: boolean;
	};
}

export interface Known {
	readonly settings: Settings;
	readonly existing: Existing;
	/** What a run with these settings would do. */
	readonly proposed: Proposed;
}
