import type {Failure} from '../../errors.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';
import {maskNotice, type Fix, type Notice} from '../../notice.ts';

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

/** The codes of errors, by exit status. */
export const errorNames: Readonly<Record<number, string>> = {
	1: 'unexpected',
	2: 'usage',
	3: 'unsuitable',
	4: 'privilege',
	5: 'refused',
	6: 'unhealthy',
	130: 'cancelled',
};

type Mask = (text: string) => string;

const endsSentence = /[.!?]$/u;

const sentence = (text: string): string => {
	const capitalized = text.charAt(0).toUpperCase() + text.slice(1);
	return endsSentence.test(text) ? capitalized : `${capitalized}.`;
};

/** What stands before the colon that leads to a command, as a sentence. */
const leadIn = (text: string): string => {
	if (/\brun$/u.test(text)) return `${text} this command.`;
	return /\b(?:then|or|and)$/iu.test(text) ? `${text} run this command.` : sentence(text);
};

const sayText = (say: string): string => {
	if (say === '') return 'Run this command.';
	return say.endsWith(':') ? leadIn(say.slice(0, -1)) : sentence(say);
};

/** A fix as a document has it: `say` is a sentence. */
export const fixJson = ({say, ...fix}: Fix): Fix =>
	fix.command === undefined ? {say} : {say: sayText(say), ...fix};

const unmasked: Mask = (text) => text;

/** A notice as every document has it; null: nothing more is known. */
export interface NoticeDocument extends Omit<Notice, 'detail' | 'fixes'> {
	readonly detail: string | null;
	readonly fixes: readonly Fix[];
}

export const noticeJson = (found: Notice, mask: Mask = unmasked): NoticeDocument => {
	const {level, code, message, detail = '', fixes = []} = maskNotice(found, mask);
	return {level, code, message, detail: detail === '' ? null : detail, fixes: fixes.map(fixJson)};
};

/** What a run failed with, without its log. */
export const failureJson = ({exit, message, detail, fixes}: Failure, mask: Mask) =>
	noticeJson({level: 'error', code: errorNames[exit] ?? 'unexpected', message, detail, fixes}, mask);

export const findingJson = ({kind, ...finding}: Finding, mask: Mask) => ({
	...noticeJson(finding, mask),
	...(kind && {kind}),
});
