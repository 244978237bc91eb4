const controls: Readonly<Record<string, string>> = {
	a: '\x07',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
};

/** Control characters are written as C writes them; before any other sign a backslash stands for nothing. */
const unescaped = (text: string): string =>
	text.replaceAll(/\\(?:([0-7]{3})|(.))/gsu, (_, octal: string | undefined, sign: string) =>
		octal === undefined ? (controls[sign] ?? sign) : String.fromCharCode(parseInt(octal, 8)),
	);

/** A word in quotes, which may have no end, or without. */
const words = /"([^"\\]*(?:\\.[^"\\]*)*)(?:"|\\?$)|[^ "]+/gsu;

/** A list as `systemctl show` prints it: each word that a shell would not take as it is stands in double quotes. */
export const parseShownList = (text: string): readonly string[] =>
	[...text.matchAll(words)].map(([whole, quoted]) => (quoted === undefined ? whole : unescaped(quoted)));
