/** What one look at the machine came to. */
export interface CheckResult {
	/** `warning`: Vira can do with it; `trouble`: it keeps Vira from running, or from coming back. */
	readonly level: 'fine' | 'warning' | 'trouble';
	/** A name that does not change. */
	readonly code: string;
	/** What was seen, in one sentence. */
	readonly message: string;
	/** What is known of why, and what follows. */
	readonly detail: string | undefined;
	/** What to do about it: sentences, or commands to copy, what they do after three blanks. */
	readonly fixes: readonly string[];
	/** Whether setting it up again as it is set takes care of it. */
	readonly bySetup: boolean;
}

export type Rest = Partial<Pick<CheckResult, 'detail' | 'fixes' | 'bySetup'>>;

const result =
	(level: CheckResult['level']) =>
	(code: string, message: string, rest: Rest = {}): CheckResult => ({
		level,
		code,
		message,
		detail: undefined,
		fixes: [],
		bySetup: false,
		...rest,
	});

export const fine = result('fine');
export const warning = result('warning');
export const trouble = result('trouble');
