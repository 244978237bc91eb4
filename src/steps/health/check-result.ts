/** The result of one check. */
export interface CheckResult {
	/** `warning`: Vira can run with it; `trouble`: it prevents Vira from running or from starting again. */
	readonly level: 'fine' | 'warning' | 'trouble';
	/** A name that does not change. */
	readonly code: string;
	/** What was found, in one sentence. */
	readonly message: string;
	/** The cause and the consequences, if known. */
	readonly detail: string | undefined;
	/** How to fix it: sentences, or commands to copy, each followed by three blanks and what it does. */
	readonly fixes: readonly string[];
	/** Whether running setup again with the same settings fixes it. */
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
