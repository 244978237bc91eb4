/** A kind of value on the command line. */
export interface ValueKind {
	/** How help names it. */
	readonly name: string;
	/** The value in a text; undefined where it is none. */
	readonly read: (text: string) => string | undefined;
	/** What is said of a text that is none, where that is not `cannot parse value`. */
	readonly refusal?: string;
}

const levels: Readonly<Record<string, string>> = {
	debug: 'Debug',
	info: 'Info',
	warning: 'Warning',
	warn: 'Warning',
	error: 'Error',
};

/** Numbers are read as Haskell's types have them, and no other limit is kept. */
const number =
	(pattern: RegExp) =>
	(text: string): string | undefined =>
		pattern.test(text) ? String(Number(text)) : undefined;

export const text = (name: string): ValueKind => ({name, read: (given) => given});

export const integer = (name: string): ValueKind => ({name, read: number(/^\s*-?\d+\s*$/)});

export const natural = (name: string): ValueKind => ({name, read: number(/^\s*\d+\s*$/)});

export const logLevel: ValueKind = {
	name: 'LOG_LEVEL',
	read: (given) => levels[given.toLowerCase()],
	refusal: 'Invalid log level. Choose from: Debug, Info, Warning, Error',
};
