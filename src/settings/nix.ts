/**
 * What `nix build` accepts besides paths (nix(1), "Installables"): a flake with a scheme or from the registry, such as
 * `github:juspay/vira` or `nixpkgs#openssh`. A service has no current folder, so `.#vira` would mean nothing later.
 */
export const installablePattern = /^[A-Za-z][^\s\p{Cc}:#]*[:#][^\s\p{Cc}]*$/u;

/** Whether Nix has to build the value. Paths start with `/` or `~` and are never built. */
export const isInstallable = (value: string): boolean => installablePattern.test(value);

/** Where Vira itself comes from. */
export const viraInstallable = 'github:juspay/vira';

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
