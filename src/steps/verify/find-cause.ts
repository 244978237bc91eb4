import type {Fix, Notice} from '../../notice.ts';
import {exitCode, isReason, type Failure} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {findListeners, managerOf} from '../../platform/service-manager/registry.ts';
import {holderText} from '../../platform/network/address.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import {detect} from '../detect.ts';
import type {Diagnosed} from '../../platform/service-manager/service-manager.ts';
import type {Verdict} from '../../platform/actions/action.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';
import {unknownCause, saidByVira, type Cause} from '../../platform/vira/said-by-vira.ts';

/** What to do when another program uses Vira's port. `again` is the command that tries again. */
export const fixesForOtherProgram = (again: string): readonly Fix[] => [
	{say: 'Stop that program, then:', command: again},
	{say: 'uses another port', command: 'vira-setup --port PORT'},
];

/** Names the program that holds the port, if it can be seen; the service itself has just failed to get it. */
const withHolder = async (
	cause: Cause,
	system: System,
	{facts, port}: {readonly facts: Facts; readonly port: number},
): Promise<Cause> => {
	if (cause.reason !== 'port-in-use') return cause;
	const listeners = await findListeners(system, port, facts.service);
	const holders = (listeners?.seen ?? []).flatMap(({holder}) => (holder.is === 'service' ? [] : [holder]));
	const by = holders[0] ? ` by ${holderText(holders[0])}` : '';
	return {...cause, message: `Port ${port} is already in use${by}.`};
};

/** The cause according to the service manager, if it says more than that the service ended. */
const ofDiagnosis = ({code, message, detail, fixes}: Diagnosed): Cause | undefined =>
	isReason(code) ? {reason: code, message: `${message} ${detail}`.trim(), fixes} : undefined;

/** The cause according to the page: of a running Vira, or the program that took its port. */
const ofPage = ({kind, message}: Finding, again: string): Cause => {
	if (kind === 'other-program') return {reason: 'port-in-use', message, fixes: fixesForOtherProgram(again)};
	return {reason: kind === 'server-error' ? kind : 'no-answer', message};
};

/** That the service manager stopped restarting it does not explain why it failed. */
const explains = (cause: Cause | undefined): boolean => cause !== undefined && cause.reason !== 'start-limit';

/** If nothing explains why it ended, how it ended is all that is known. */
const ofEnding = async (
	system: System,
	facts: Facts,
	{diagnosis, running}: Readonly<Record<'diagnosis' | 'running', Pick<Notice, 'message'> | undefined>>,
): Promise<Cause> => {
	const manager = managerOf(facts);
	const {ending, isExplained} = await manager.readVitals(system, facts.service);
	const told = diagnosis?.message ?? (ending ?? facts.service.ending)?.replace(/^It /u, 'Vira ');
	const message = told ?? running?.message ?? 'Vira is not running.';
	// A command that runs before or after Vira counts as a program that Vira needs.
	const how = isExplained ? 'tool-failed' : manager.howEnded();
	return {reason: how ?? 'not-steady', message, fixes: how && !isExplained ? [{say: unknownCause}] : []};
};

/** What a check of the service was about. */
interface Checked {
	readonly settings: Settings;
	/** The command that tries again. */
	readonly again: string;
	/** Fixes that are no help here. */
	readonly useless?: readonly Fix[];
	/** Shows the log. */
	readonly log: Fix;
}

/**
 * Why the service is unhealthy, if known: Vira's last log lines come first, then the service manager, then the page.
 */
const findCause = async (
	system: System,
	{findings, log}: Verdict,
	{settings, again}: Checked,
): Promise<Cause | undefined> => {
	const facts = await detect(system);
	const {port} = settings;
	const running = findings.find(({code}) => code === 'running');
	const responding = findings.find(({code}) => code === 'responding');
	if (running?.level === 'ok')
		return responding && responding.level !== 'ok' ? ofPage(responding, again) : undefined;
	const said = saidByVira(log);
	if (said) return withHolder(said, system, {facts, port});
	const {diagnose, explainLog} = managerOf(facts);
	const diagnosis = diagnose(settings);
	const known = (diagnosis && ofDiagnosis(diagnosis)) ?? explainLog(log);
	// Without a readable log, report the program that took its port.
	const isReplaced = responding?.kind === 'other-program' && log.length === 0;
	if (isReplaced && !explains(known)) return ofPage(responding, again);
	return known ?? ofEnding(system, facts, {diagnosis, running});
};

/** Causes that say how the process ended. */
const endingReasons: readonly Cause['reason'][] = ['exited', 'killed'];

/** Whether a finding repeats what the cause says. */
const isTold = ({code, message}: Finding, cause: Cause | undefined): boolean =>
	cause !== undefined &&
	((code === 'running' && endingReasons.includes(cause.reason)) ||
		cause.message.includes(message) ||
		message.includes(cause.message));

/**
 * The report on an unhealthy service: the cause first, if known. It reads the current state of the machine, so call it
 * before anything is undone.
 */
export const whyUnhealthy = async (system: System, verdict: Verdict, checked: Checked): Promise<Failure> => {
	const {findings, log, logUnreadable} = verdict;
	const cause = await findCause(system, verdict, checked);
	// Without a kind, the page was not requested.
	const seen = findings
		.filter(({level, code, kind}) => level !== 'ok' && (code === 'running' || kind !== undefined))
		.filter((one) => !isTold(one, cause))
		.map(({message}) => message);
	const fixes = cause?.fixes?.filter((one) => !checked.useless?.includes(one)) ?? [];
	const unhealthy = 'Vira did not start properly.';
	return {
		message: cause?.message ?? unhealthy,
		detail: [...(cause ? [unhealthy] : []), ...seen, ...(logUnreadable ? [logUnreadable.message] : [])].join(
			'\n',
		),
		...(cause && {reason: cause.reason}),
		fixes: [...fixes, ...(logUnreadable?.fixes ?? [checked.log])],
		log,
		exit: exitCode.unhealthy,
	};
};
