import type {ManagerAction} from '../facts.ts';
import type {AskRepositories, AskVira, TellImported} from './ask-vira.ts';
import type {BeginState, ClearState, SaveExport} from './state-actions.ts';
import type {FileAction} from './change-file.ts';
import type {DeleteFolder, MakeFolder, DeleteLink, Move, Purge} from './change-path.ts';
import type {RunCommand} from './run-command.ts';
import type {WaitFor} from './wait-for.ts';
import type {Failure} from '../../errors.ts';
import type {Finding} from './action-kind.ts';
import {maskNotice} from '../../notice.ts';
import {maskLines} from '../../settings/secrets/mask-looks.ts';
import {shortened} from '../service-manager/log-source.ts';

/** What every service manager can do to a machine. */
export type OwnAction =
	| FileAction
	| MakeFolder
	| DeleteFolder
	| DeleteLink
	| Purge
	| Move
	| SaveExport
	| RunCommand
	| WaitFor
	| AskVira
	| AskRepositories
	| TellImported
	| BeginState
	| ClearState;

/** One change to the machine, as data: it can be shown, compared and undone. */
export type Action = OwnAction | ManagerAction;

/** An action of a plan. */
export interface OfAction {
	/** Counts the plan's actions from 0. */
	readonly index: number;
	readonly action: Action;
}

/** What happens to the machine while it happens. */
export type Progress =
	| (OfAction & {readonly at: 'started' | 'finished' | 'undoing' | 'undone'})
	/** `line` is the latest line of output. */
	| (OfAction & {readonly at: 'working'; readonly line: string; readonly elapsedMs: number})
	| (OfAction & {readonly at: 'failed' | 'not-undone'; readonly failure: Failure})
	| {
			readonly at: 'checking';
			readonly what: HealthCheck;
			readonly elapsedMs: number;
			readonly withinMs: number;
	  }
	| {readonly at: 'checked'; readonly finding: Finding};

/** Also its log and the problems of the settings. */
export const maskFailure = (failure: Failure, mask: (text: string) => string): Failure => ({
	...maskNotice(failure, mask),
	...(failure.log && {log: shortened(maskLines(failure.log, mask))}),
	...(failure.problems && {
		problems: failure.problems.map((one) => ({
			...maskNotice(one, mask),
			setting: one.setting && mask(one.setting),
			item: one.item && mask(one.item),
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
			return {...progress, failure: maskFailure(progress.failure, mask)};
		case 'checked':
			return {...progress, finding: maskNotice(progress.finding, mask)};
		default:
			return progress;
	}
};

export type HealthCheck = 'running' | 'responding';

/** How a series of actions ended. `done`: the actions to undo, oldest first, if a later step fails. */
export type Applied =
	| {readonly result: 'done'; readonly done: readonly Action[]}
	| {readonly result: 'undone'; readonly failure: Failure; readonly notUndone: readonly Failure[]}
	| {readonly result: 'cancelled'; readonly notUndone: readonly Failure[]};

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
	readonly logUnreadable?: Failure;
}
