/** What we created on this machine: how a later run knows what is ours. */
export interface Receipt {
	readonly schema: 1;
	/** `pending` from before the first change until after the last: a run that ended in between was killed. */
	readonly state: 'pending' | 'complete';
	/** Of vira-setup. */
	readonly version: string;
	/** When it was written, ISO 8601. */
	readonly at: string;
	/** Whether it was us who turned lingering on. */
	readonly lingerEnabled: boolean;
	/** Files of ours: path → SHA-256 of the content, hexadecimal. */
	readonly files: Readonly<Record<string, string>>;
	/** Folders that were not there before us, parents first. */
	readonly folders: readonly string[];
}
