import type {Facts} from '../platform/facts.ts';

/** Something that is told, and what can be done next. */
export interface Menu<T extends string = string> {
	/** What it follows from: how a run failed, or how the service is. */
	readonly after: 'failure' | 'survey';
	readonly facts: Facts;
	/** Plain text. A line that begins with ✔, ! or ✖ has its meaning there; one that is set in may be a command to copy. */
	readonly lines: readonly string[];
	/** `end`: the last lines are those to see first. */
	readonly from?: 'end';
	/** In this order; Enter alone takes the first. */
	readonly choices: readonly MenuChoice<T>[];
	/** What somebody wants who only leaves. */
	readonly leave: T;
}

export interface MenuChoice<T extends string = string> {
	readonly value: T;
	readonly label: string;
	/** What follows from it, in a few words. */
	readonly note?: string;
}
