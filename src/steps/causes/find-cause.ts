import type {Facts} from '../../platform/facts.ts';
import {findListeners} from '../../platform/find-listeners.ts';
import {holderText} from '../../platform/listener.ts';
import type {System} from '../../platform/system.ts';
import {isReason} from '../../reasons.ts';
import type {Settings} from '../../settings/options.ts';
import {detect} from '../detect.ts';
import type {Diagnosed} from '../manager.ts';
import {managerOf} from '../managers.ts';
import type {Finding, Verdict} from '../progress.ts';
import type {Cause} from './cause.ts';
import {fixesForOtherProgram} from './other-program.ts';
import {whyBySystemd} from './said-by-systemd.ts';
import {saidByVira} from './said-by-vira.ts';

/** Who has the port, where that can be seen: the service, which has just failed for want of it, has it not. */
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

/** What its manager says of it, where that is more than that it has ended. */
const ofDiagnosis = ({code, title, detail, fixes}: Diagnosed): Cause | undefined =>
	isReason(code) ? {reason: code, message: [title, detail].join(' ').trim(), fixes} : undefined;

/** What the page says of a Vira that runs, and of one that has ended what keeps it from its place. */
const ofPage = ({kind, message}: Finding, again: string): Cause => {
	if (kind === 'other-program') return {reason: 'port-in-use', message, fixes: fixesForOtherProgram(again)};
	return {reason: kind === 'server-error' ? kind : 'no-answer', message, fixes: []};
};

/** That systemd has given up says nothing of why. */
const explains = (cause: Cause | undefined): boolean => cause !== undefined && cause.reason !== 'start-limit';

/** Of an end that nobody explains, how it ended is all that is known. */
const ofEnding = async (
	system: System,
	{
		facts,
		diagnosis,
		running,
	}: {
		readonly facts: Facts;
		readonly diagnosis: Diagnosed | undefined;
		readonly running: Finding | undefined;
	},
): Promise<Cause> => {
	const manager = managerOf(facts);
	const {ending, isExplained} = await manager.readVitals(system, facts.service);
	const told = diagnosis?.title ?? (ending ?? facts.service.ending)?.replace(/^It /u, 'Vira ');
	const message = told ?? running?.message ?? 'Vira does not run.';
	// A command that runs before or after Vira is one that it needs.
	const how = isExplained ? 'tool-failed' : manager.howEnded();
	return {
		reason: how ?? 'not-steady',
		message,
		fixes: how && !isExplained ? ['The cause is unknown. See the last lines of its log.'] : [],
	};
};

/** What was seen of a service that does not do well. */
export interface Evidence extends Pick<Verdict, 'findings' | 'log'> {
	readonly settings: Settings;
	/** The command that tries it once more. */
	readonly again: string;
}

/**
 * Why the service does not do well, as far as anybody says it: Vira in its last lines first, then its manager, then its
 * page. Looks at the machine as it is now, so it has to be asked before anything is taken back.
 */
export const findCause = async (
	system: System,
	{settings, findings, log, again}: Evidence,
): Promise<Cause | undefined> => {
	const facts = await detect(system);
	const {port} = settings;
	const running = findings.find(({code}) => code === 'running');
	const answering = findings.find(({code}) => code === 'answering');
	if (running?.good) return answering?.good === false ? ofPage(answering, again) : undefined;
	const said = saidByVira(log);
	if (said) return withHolder(said, system, {facts, port});
	const diagnosis = managerOf(facts).diagnose(settings);
	const known = (diagnosis && ofDiagnosis(diagnosis)) ?? whyBySystemd(log);
	// Of a Vira whose words cannot be read, who has its place is told.
	const isReplaced = answering?.kind === 'other-program' && log.length === 0;
	if (isReplaced && !explains(known)) return ofPage(answering, again);
	return known ?? ofEnding(system, {facts, diagnosis, running});
};
