import type {Command} from './system.ts';

const safe = /^[\w@%+=:,./-]+$/u;

const quoted = (word: string): string =>
	safe.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** A command as a person can paste it into a POSIX shell. */
export const commandText = (command: Command): string => command.map(quoted).join(' ');
