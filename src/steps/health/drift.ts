import type {Notice} from '../../notice.ts';
import type {Settings} from '../../settings/options.ts';
import type {Proposed} from '../plan/propose.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import type {ManagerDrift} from '../../platform/service-manager/service-manager.ts';

/** Something that changed since setup, or will. */
export interface Drift extends Omit<Notice, 'level'> {
	readonly code:
		| ManagerDrift['code']
		| 'interrupted'
		| 'newer-format'
		| 'no-receipt'
		| 'receipt-unreadable'
		| 'file-missing'
		| 'changed-by-hand'
		| 'other-mode'
		| 'vira-gone'
		| 'not-applicable'
		| 'certificate-unusable'
		| 'not-applied'
		| 'older-text';
	readonly dropIn?: NonNullable<ManagerDrift['dropIn']>;
}

export interface Known {
	readonly settings: Settings;
	readonly existing: Existing;
	/** What a run with these settings would do. */
	readonly proposed: Proposed;
}
