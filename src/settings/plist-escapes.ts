const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'\r': '&#xD;',
	'\u0085': '&#x85;',
	'\u2028': '&#x2028;',
};

/** A text as it stands in a property list that we write (XML 1.0, 2.4). */
export const escapedInPlist = (text: string): string =>
	text.replaceAll(/[&<>\r\u0085\u2028]/gu, (character) => entities[character] ?? character);
