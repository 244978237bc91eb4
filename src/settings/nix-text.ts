const escapes: Readonly<Record<string, string>> = {
	'\\': String.raw`\\`,
	'"': String.raw`\"`,
	'\n': String.raw`\n`,
	// The lexer takes a carriage return in the source for a line feed.
	'\r': String.raw`\r`,
	'\t': String.raw`\t`,
	$: String.raw`\$`,
};

/**
 * A text as a string of the Nix language, on one line. `${` would begin an expression, which `$${` does not: with the
 * dollar next to the brace escaped, both are what they say. (Nix's lexer.l; the manual, "String literal".)
 */
export const nixString = (text: string): string =>
	`"${text.replaceAll(/[\\"\n\r\t]|\$(?=\{)/gu, (character) => escapes[character] ?? '')}"`;

const keywords = ['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit', 'or'];

/** The name of an attribute: plain where the lexer would take it for one word, a string elsewhere. */
export const nixName = (name: string): string =>
	/^[a-zA-Z_][\w'\-]*$/u.test(name) && !keywords.includes(name) ? name : nixString(name);

/** A comment of one line; it ends at the first line break, of either kind. */
export const nixComment = (text: string): string => `# ${text.replaceAll(/[\n\r]/gu, ' ')}`;
