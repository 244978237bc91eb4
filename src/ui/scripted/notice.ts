import type {Failure} from '../../errors.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';
import {maskNotice, type Fix, type Notice} from '../../notice.ts';

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
