/** A kind of value on the command line: how help names it and how its text is read, undefined when it is wrong. */
export interface ValueKind {
	readonly name: string;
	readonly read: (text: string) => string | undefined;
}

const levels: Readonly<Record<string, string>> = {
	debug: 'Debug',
	info: 'Info',
	warning: 'Warning',
	warn: 'Warning',
	error: 'Error',
};

const wholeNumber =
	(min: number, max: number) =>
	(text: string): string | undefined => {
		const value = Number(text);
		return /^\d+$/.test(text) && value >= min && value <= max ? String(value) : undefined;
	};

export const text = (name: string): ValueKind => ({name, read: (given) => given});

export const port: ValueKind = {name: 'PORT', read: wholeNumber(1, 65_535)};

export const positiveInteger = (name: string): ValueKind => ({
	name,
	read: wholeNumber(1, Number.MAX_SAFE_INTEGER),
});

export const natural = (name: string): ValueKind => ({name, read: wholeNumber(0, Number.MAX_SAFE_INTEGER)});

export const logLevel: ValueKind = {name: 'LEVEL', read: (given) => levels[given.toLowerCase()]};
