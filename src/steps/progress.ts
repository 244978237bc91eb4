import type {Complaint} from '../errors.ts';
import {maskLines} from '../settings/secret-looks.ts';
import type {Action} from './action.ts';
import {shortened} from './excerpt.ts';

/** What happens to the machine while it happens. `index` counts the plan's actions from 0. */
export type Progress =
	| {readonly at: 'started'; readonly index: number; readonly action: Action}
	| {
			readonly at: 'working';
			readonly index: number;
			readonly action: Action;
			/** What the command has just said. */
			readonly line: string;
			readonly elapsedMs: number;
	  }
	| {readonly at: 'finished'; readonly index: number; readonly action: Action}
	| {readonly at: 'failed'; readonly index: number; readonly action: Action; readonly complaint: Complaint}
	| {readonly at: 'undoing'; readonly index: number; readonly action: Action}
	| {readonly at: 'undone'; readonly index: number; readonly action: Action}
	| {
			readonly at: 'not-undone';
			readonly index: number;
			readonly action: Action;
			readonly complaint: Complaint;
	  }
	| {readonly at: 'checking'; readonly what: Check; readonly elapsedMs: number; readonly withinMs: number}
	| {readonly at: 'checked'; readonly finding: Finding};

/** Others say what went wrong, and may quote a value. */
export const maskComplaint = (
	{what, why, next, log, problems, ...rest}: Complaint,
	mask: (text: string) => string,
): Complaint => ({
	...rest,
	what: mask(what),
	...(why !== undefined && {why: mask(why)}),
	...(next && {next: next.map(mask)}),
	...(log && {log: shortened(maskLines(log, mask))}),
	...(problems && {problems: problems.map((one) => ({...one, message: mask(one.message)}))}),
});

/** Hides the secrets in what a command or a check says: of the settings, an action has only paths and URLs. */
export const maskProgress = (progress: Progress, mask: (text: string) => string): Progress => {
	switch (progress.at) {
		case 'working':
			return {...progress, line: mask(progress.line)};
		case 'failed':
		case 'not-undone':
			return {...progress, complaint: maskComplaint(progress.complaint, mask)};
		case 'checked':
			return {...progress, finding: {...progress.finding, message: mask(progress.finding.message)}};
		default:
			return progress;
	}
};

export type Check = 'running' | 'answering';

/** Something that was looked at after the change, and what was seen. */
export interface Finding {
	readonly code: 'running' | 'answering' | 'starts-at-boot' | 'survives-logout' | 'repositories-not-asked';
	readonly good: boolean;
	/** What was seen, one sentence. */
	readonly message: string;
	/**
	 * Of the page: it is the service's and answers, it does not answer, it answers with an error of the server, another
	 * program has its place, or it answers and whose it is could not be seen.
	 */
	readonly kind?: 'answers' | 'silent' | 'server-error' | 'other-program' | 'unknown-owner';
}

/** How a stream of actions ended. `done` are the actions to take back, oldest first, should it come to that. */
export type Applied =
	| {readonly result: 'done'; readonly done: readonly Action[]}
	| {readonly result: 'undone'; readonly complaint: Complaint; readonly notUndone: readonly Complaint[]}
	| {readonly result: 'cancelled'; readonly notUndone: readonly Complaint[]};

/** What the run ends with: computed from what was read back, not from what was asked for. */
export interface Verdict {
	readonly healthy: boolean;
	readonly findings: readonly Finding[];
	/** undefined: that cannot be told. */
	readonly startsAtBoot: boolean | undefined;
	readonly survivesLogout: boolean;
	readonly url: string;
	/** Last lines of the service's log where it is not healthy, oldest first. */
	readonly log: readonly string[];
	/** Why the log of a service that is not healthy cannot be read. */
	readonly logUnreadable?: Complaint;
}
