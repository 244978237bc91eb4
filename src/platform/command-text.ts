import type {Command, Lend, RunResult, System} from './system.ts';

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

/** sudo(8) at its place on macOS and Debian: another program of that name on the PATH would get a password. */
const sudo = (...words: readonly string[]): Command => ['/usr/bin/sudo', ...words];

/** As a person would type it, and as the preview shows it. */
export const asTyped = (command: Command): Command => ['sudo', ...command];

/** sudo(8), -n: if it would have to ask, it exits with status 1 and this message. */
const wouldAsk = ({exitCode, stderr}: RunResult): boolean =>
	exitCode === 1 && /a password is required|a terminal is required/u.test(stderr);

/** How sudo is run. Both keep it in our session, for which it caches the password (sudoers(5), timestamp_type). */
interface Manners {
	readonly silent: (command: Command) => Promise<RunResult>;
	/** With the terminal, at which it may ask. */
	readonly asking: (command: Command) => Promise<RunResult>;
}

/** Runs commands as root. The terminal is lent only if sudo needs a password that is not cached. */
export const runAsRootWith =
	({silent, asking}: Manners, lend: Lend | undefined): System['runAsRoot'] =>
	async (command) => {
		const result = await silent(sudo('-n', '--', ...command));
		if (!lend || !wouldAsk(result)) return result;
		return lend(asTyped(command), () => asking(sudo('--', ...command)));
	};
