import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {saidByVira} from '../../platform/vira/said-by-vira.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {trouble, warning, type CheckResult} from './check-result.ts';

/** The end of the service's log, or why it cannot be read. */
export interface LastWords {
	/** As they are in the log, oldest first, since the last start. */
	readonly lines: readonly string[];
	readonly unreadable: CheckResult | undefined;
}

export const readLastWords = async (system: System, facts: Facts): Promise<LastWords> => {
	const {lines, unreadable} = await managerOf(facts).readLog(system);
	if (!unreadable) return {lines, unreadable};
	const {message, detail, fixes} = unreadable;
	return {lines, unreadable: warning('log-unreadable', message, {detail, fixes})};
};

/** Why a service that is not running ended, if its last log lines are understood. */
export const understand = (lines: readonly string[], facts: Facts): CheckResult | undefined => {
	const cause = saidByVira(lines) ?? managerOf(facts).explainLog(lines);
	return cause && trouble(cause.reason, cause.message, {fixes: cause.fixes, bySetup: cause.bySetup ?? false});
};
