import {createHash} from 'node:crypto';

/** What we created on this machine: how a later run knows what is ours. */
export interface Receipt {
	readonly schema: 1;
	/** `pending` from before the first change until after the last: a run that ended in between was killed. */
	readonly state: 'pending' | 'complete';
	/** When it was written, ISO 8601. */
	readonly at: string;
	/** Whether it was us who turned lingering on. */
	readonly lingerEnabled: boolean;
	/** Files of ours: path → SHA-256 of the content, hexadecimal. */
	readonly files: Readonly<Record<string, string>>;
	/** Folders that were not there before us, parents first. */
	readonly folders: readonly string[];
}

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

export const formatReceipt = (receipt: Receipt): string => `${JSON.stringify(receipt, undefined, '\t')}\n`;

/** undefined for a text that is no receipt of a kind we know. */
export const parseReceipt = (text: string): Receipt | undefined => {
	try {
		const parsed = JSON.parse(text) as Partial<Receipt> | null;
		return parsed?.schema === 1 && parsed.files !== undefined && parsed.folders !== undefined
			? (parsed as Receipt)
			: undefined;
	} catch {
		return undefined;
	}
};
