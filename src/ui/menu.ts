import type {Facts} from '../platform/facts.ts';

/** Lines to read and what can be done next. */
export interface Menu<T extends string = string> {
	/** What is shown: a failed run, or the state of the service. */
	readonly after: 'failure' | 'survey';
	readonly facts: Facts;
	/** Plain text. Lines that begin with ✔, ! or ✖ can be colored; an indented line may be a command to copy. */
	readonly lines: readonly string[];
	/** `end`: shows the last lines first. */
	readonly from?: 'end';
	/** In this order; Enter selects the first. */
	readonly choices: readonly MenuChoice<T>[];
	/** The value for a person who quits or goes back. */
	readonly leave: T;
}

export interface MenuChoice<T extends string = string> {
	readonly value: T;
	readonly label: string;
	/** What it does, in a few words. */
	readonly note?: string;
}
