import type {Complaint} from '../../errors.ts';
import {maskLines} from '../../settings/secrets/mask-looks.ts';
import type {Action} from './action.ts';
import {shortened} from '../service-manager/excerpt.ts';

/** What happens to the machine while it happens. `index` counts the plan's actions from 0. */
export type Progress =
	| {readonly at: 'started'; readonly index: number; readonly action: Action}
	| {
			readonly at: 'working';
			readonly index: number;
			readonly action: Action;
			/** The latest line of output. */
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

/** Messages of other programs may quote a value. */
export const maskComplaint = (
	{what, why, next, log, problems, ...rest}: Complaint,
	mask: (text: string) => string,
): Complaint => ({
	...rest,
	what: mask(what),
	...(why !== undefined && {why: mask(why)}),
	...(next && {next: next.map(mask)}),
	...(log && {log: shortened(maskLines(log, mask))}),
	...(problems && {
		problems: problems.map(({setting, item, message}) => ({
			setting: setting && mask(setting),
			item: item && mask(item),
			message: mask(message),
		})),
	}),
});

/** Masks secrets in the output of commands and checks: actions contain no other settings than paths and URLs. */
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

/** The result of a check after the change. */
export interface Finding {
	readonly code: 'running' | 'answering' | 'starts-at-boot' | 'survives-logout' | 'repositories-not-asked';
	readonly good: boolean;
	/** The result, one sentence. */
	readonly message: string;
	/**
	 * Of the page: the service responds, nothing responds, it responds with a server error, another program responds, or it
	 * responds but the program is unknown.
	 */
	readonly kind?: 'answers' | 'silent' | 'server-error' | 'other-program' | 'unknown-owner';
}

/** How a series of actions ended. `done`: the actions to undo, oldest first, if a later step fails. */
export type Applied =
	| {readonly result: 'done'; readonly done: readonly Action[]}
	| {readonly result: 'undone'; readonly complaint: Complaint; readonly notUndone: readonly Complaint[]}
	| {readonly result: 'cancelled'; readonly notUndone: readonly Complaint[]};

/** The final result: computed from what was read back, not from what was requested. */
export interface Verdict {
	readonly healthy: boolean;
	readonly findings: readonly Finding[];
	/** undefined: unknown. */
	readonly startsAtBoot: boolean | undefined;
	readonly survivesLogout: boolean;
	readonly url: string;
	/** Last lines of the service's log if it is not healthy, oldest first. */
	readonly log: readonly string[];
	/** Why the log of a service that is not healthy cannot be read. */
	readonly logUnreadable?: Complaint;
}
