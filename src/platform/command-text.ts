import type {Command} from './system.ts';

const safe = /^[\w@%+=:,./-]+$/u;

/** A word as a POSIX shell takes it. */
export const shellWord = (word: string): string =>
	safe.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** A command as a person can paste it into a POSIX shell. */
export const commandText = (command: Command): string => command.map(shellWord).join(' ');
