import {stripVTControlCharacters} from 'node:util';
import type {JournalLine, MachineState} from '../machine-state.ts';
import {fieldsOf} from './journal-matches.ts';

/** How journalctl prints a line; `host` comes before the name of the program. */
export type Format = (line: JournalLine, state: MachineState, host: string) => string;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const shortTime = (at: number): string => {
	const date = new Date(at);
	const day = String(date.getUTCDate()).padStart(2, '0');
	return `${months[date.getUTCMonth()] ?? ''} ${day} ${date.toISOString().slice(11, 19)}`;
};

/** Colors are removed; a line with any other control character is not printed as text (journalctl(1), --all). */
const asText = (text: string): string => {
	const plain = stripVTControlCharacters(text);
	const isText = !/[^\P{Cc}\t]/u.test(plain);
	return isText ? plain : `[${Buffer.byteLength(text)}B blob data]`;
};

/** By the name of --output. */
export const formats: Readonly<Record<string, Format>> = {
	cat: ({text}) => text,
	short: ({at, by, pid, text}, _, host) => `${shortTime(at)} ${host}${by}[${pid}]: ${asText(text)}`,
	json: (line, state) => JSON.stringify(fieldsOf(line, state)),
};
