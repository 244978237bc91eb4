const escapes: Readonly<Record<string, string>> = {
	'\\': String.raw`\\`,
	'"': String.raw`\"`,
	'\n': String.raw`\n`,
	// The lexer reads a carriage return in the source as a line feed.
	'\r': String.raw`\r`,
	'\t': String.raw`\t`,
	$: String.raw`\$`,
};

/**
 * A text as a Nix string on one line. `${` starts an expression and `$${` does not: escaping the dollar before the brace
 * makes both literal. (Nix's lexer.l; the manual, "String literal".)
 */
export const nixString = (text: string): string =>
	`"${text.replaceAll(/[\\"\n\r\t]|\$(?=\{)/gu, (character) => escapes[character] ?? '')}"`;

const keywords = ['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit', 'or'];

/** The name of an attribute: plain if the lexer reads it as one identifier, otherwise a string. */
export const nixName = (name: string): string =>
	/^[a-zA-Z_][\w'\-]*$/u.test(name) && !keywords.includes(name) ? name : nixString(name);

/** A comment on one line: any line break would end it. */
export const nixComment = (text: string): string => `# ${text.replaceAll(/[\n\r]/gu, ' ')}`;
