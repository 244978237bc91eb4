/** What to do about something that was noticed. */
export interface Fix {
	/**
	 * A sentence. With a command: what the command does, such as `starts Vira again`, or, with a colon at its end, what it is
	 * for, such as `Remove the link:`; empty if the command says it all.
	 */
	readonly say: string;
	/** As printed, for a POSIX shell. A word in capitals, such as PATH, stands for a value of the reader. */
	readonly command?: string;
	/** Whether `doctor --fix` does it. */
	readonly safe?: true;
}

/**
 * Something that was noticed, and what to do about it: from a wrong setting to a check of doctor, on every screen and in
 * every document.
 */
export interface Notice {
	/** `error`: Vira cannot be set up or run; `warning`: it can, with a consequence to know about. */
	readonly level: 'error' | 'warning' | 'note' | 'ok';
	/** A name that does not change. */
	readonly code: string;
	/** What was noticed, in one sentence. */
	readonly message: string;
	/** Why, and what follows, if more is known. */
	readonly detail?: string | undefined;
	/** The best first. */
	readonly fixes?: readonly Fix[] | undefined;
}

/** A sentence from a text, such as an address or the words of another program, that may end with a period already. */
export const sentenceOf = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);

/** A fix in one line. */
export const fixText = ({say: text, command}: Fix): string => {
	if (command === undefined) return text;
	if (text === '') return command;
	return text.endsWith(':') ? `${text} ${command}` : `${command}   ${text}`;
};

type Mask = (text: string) => string;

const maskFix = ({say, command, ...fix}: Fix, mask: Mask): Fix => ({
	...fix,
	say: mask(say),
	...(command !== undefined && {command: mask(command)}),
});

/** The notice with its secrets hidden: it may quote the value of a setting. */
export const maskNotice = <N extends Pick<Notice, 'message' | 'detail' | 'fixes'>>(
	notice: N,
	mask: Mask,
): N => ({
	...notice,
	message: mask(notice.message),
	...(notice.detail !== undefined && {detail: mask(notice.detail)}),
	...(notice.fixes && {fixes: notice.fixes.map((fix) => maskFix(fix, mask))}),
});

/** The result of one check. `warning`: Vira can run with it; `error`: it prevents Vira from running or starting again. */
export interface CheckResult extends Notice {
	readonly level: 'ok' | 'warning' | 'error';
	/** Whether running setup again with the same settings fixes it. */
	readonly bySetup?: boolean;
}

export type Rest = Pick<CheckResult, 'detail' | 'fixes' | 'bySetup'>;

const result =
	(level: CheckResult['level']) =>
	(code: string, message: string, rest: Rest = {}): CheckResult => ({level, code, message, ...rest});

export const fine = result('ok');
export const warning = result('warning');
export const trouble = result('error');
