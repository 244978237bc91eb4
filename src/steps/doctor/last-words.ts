import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {whyBySystemd} from '../causes/said-by-systemd.ts';
import {saidByVira} from '../causes/said-by-vira.ts';
import {managerOf} from '../managers.ts';
import {trouble, warning, type CheckResult} from './check-result.ts';

/** The end of the service's log, or what keeps it from being read. */
export interface LastWords {
	/** As they are in the log, oldest first: those since it was last started. */
	readonly lines: readonly string[];
	readonly unreadable: CheckResult | undefined;
}

export const readLastWords = async (system: System, facts: Facts): Promise<LastWords> => {
	const {lines, unreadable} = await managerOf(facts).readLog(system);
	if (!unreadable) return {lines, unreadable};
	const {what, why, next = []} = unreadable;
	return {lines, unreadable: warning('log-unreadable', what, {detail: why, fixes: next})};
};

/** Why a service that does not run has ended, as far as its last words are understood. */
export const understand = (lines: readonly string[]): CheckResult | undefined => {
	const cause = saidByVira(lines) ?? whyBySystemd(lines);
	return cause && trouble(cause.reason, cause.message, {fixes: cause.fixes, bySetup: cause.bySetup ?? false});
};
