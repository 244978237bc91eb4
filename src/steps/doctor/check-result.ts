/** What one look at the machine came to. */
export interface CheckResult {
	/** `warning`: Vira can do with it; `trouble`: it keeps Vira from running, or from coming back. */
	readonly level: 'fine' | 'warning' | 'trouble';
	/** A name that does not change. */
	readonly code: string;
	/** What was seen, in one sentence. */
	readonly sentence: string;
	/** What is known of why, and what follows. */
	readonly consequence: string | undefined;
	/** What to do about it: sentences, or commands to copy, what they do after three blanks. */
	readonly mend: readonly string[];
	/** Whether setting it up again as it is set takes care of it. */
	readonly bySetup: boolean;
}

export type Rest = Partial<Pick<CheckResult, 'consequence' | 'mend' | 'bySetup'>>;

const result =
	(level: CheckResult['level']) =>
	(code: string, sentence: string, rest: Rest = {}): CheckResult => ({
		level,
		code,
		sentence,
		consequence: undefined,
		mend: [],
		bySetup: false,
		...rest,
	});

export const fine = result('fine');
export const warning = result('warning');
export const trouble = result('trouble');
