const controls: Readonly<Record<string, string>> = {
	a: '\x07',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
};

/** Control characters are escaped as in C; before any other character a backslash has no meaning. */
const unescaped = (text: string): string =>
	text.replaceAll(/\\(?:([0-7]{3})|(.))/gsu, (_, octal: string | undefined, sign: string) =>
		octal === undefined ? (controls[sign] ?? sign) : String.fromCharCode(parseInt(octal, 8)),
	);

/** A word, with or without quotes; the closing quote may be missing. */
const words = /"([^"\\]*(?:\\.[^"\\]*)*)(?:"|\\?$)|[^ "]+/gsu;

/** A list as `systemctl show` prints it: words that a shell would not take literally are in double quotes. */
export const parseShownList = (text: string): readonly string[] =>
	[...text.matchAll(words)].map(([whole, quoted]) => (quoted === undefined ? whole : unescaped(quoted)));
