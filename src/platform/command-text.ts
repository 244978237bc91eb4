import type {Command} from './system.ts';

const safe = /^[\w@%+=:,./-]+$/u;

/** Characters that a terminal would not show, or would interpret. */
const unseen = /[\p{Cc}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

const named: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

const byNumber = (character: string): string =>
	`\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** Text within `$'…'`, which bash, zsh and ksh support (POSIX.1-2024, 2.2.4). */
const dollarQuoted = (word: string): string =>
	`$'${word
		.replaceAll(/[\\']/gu, String.raw`\$&`)
		.replaceAll(unseen, (character) => named[character] ?? byNumber(character))}'`;

/** A word as a person can paste it into a POSIX shell. */
export const shellWord = (word: string): string => {
	if (safe.test(word)) return word;
	if (word.search(unseen) >= 0) return dollarQuoted(word);
	return `'${word.replaceAll("'", String.raw`'\''`)}'`;
};

/** A command as a person can paste it into a POSIX shell. */
export const commandText = (command: Command): string => command.map(shellWord).join(' ');
