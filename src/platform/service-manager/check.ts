import type {Reason} from '../../errors.ts';
import type {Facts} from '../facts.ts';
import type {System} from '../system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Problem} from '../../settings/problem.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Existing} from '../installed/situation.ts';

/** A problem with the settings that was found on the machine. */
export interface FoundProblem extends Problem {
	/** Why a service with these settings would exit, if it would. */
	readonly reason?: Reason;
}

/** What a check has found: problems to fix, and warnings. */
export interface Remarks {
	readonly problems: readonly FoundProblem[];
	readonly warnings: readonly Warning[];
}

/** What a check examines. */
export interface Subject {
	readonly system: System;
	readonly settings: Settings;
	readonly facts: Facts;
	readonly existing: Existing;
}

/** Checks the settings against the machine for one kind of problem. Reads only. */
export type Check = (subject: Subject) => Promise<Remarks>;

export const nothing: Remarks = {problems: [], warnings: []};

export const onlyProblem = (problem: FoundProblem): Remarks => ({problems: [problem], warnings: []});

export const problem = (option: Problem['option'], message: string, reason?: Reason): Remarks =>
	onlyProblem({option, message, ...(reason && {reason})});

export const together = (all: readonly Remarks[]): Remarks => ({
	problems: all.flatMap(({problems}) => problems),
	warnings: all.flatMap(({warnings}) => warnings),
});
