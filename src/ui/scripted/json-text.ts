/** Version of the format of --json. */
export const documentSchema = 2;

/** What a terminal or an editor could act on, and JSON lets stand as it is: DEL, C1, and what ends or turns a line. */
const acting = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** JSON that says the same and has none of them as a character: RFC 8259, 7. It can be in texts alone. */
export const plainJson = (json: string): string =>
	json.replaceAll(acting, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A document as it is printed. */
export const jsonText = (document: unknown): string =>
	`${plainJson(JSON.stringify(document, undefined, 2))}\n`;
