import type {Fix, CheckResult} from '../../notice.ts';
import {shortened} from '../../platform/service-manager/log-source.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {adviceFor, proposer, type Proposal, type Proposed} from '../plan/propose.ts';
import {survey, type Status} from './survey.ts';
import {checkService, readLastWords} from './check-service.ts';
import {checkSetup} from './check-setup.ts';
import type {Settings} from '../../settings/options.ts';
import {isInstallable} from '../../settings/nix.ts';
import type {Action} from '../../platform/actions/action.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import type {Advice} from '../../platform/service-manager/advice.ts';

/** Choices that the settings have already made. */
const isDecided = (advice: Advice, settings: Settings | undefined): boolean =>
	settings !== undefined && advice.level === 'note' && advice.option !== 'linger';

const checkResultOf = (
	{level, code, message, detail, fixes}: Advice,
	settings: Settings | undefined,
): CheckResult => {
	if (level === 'ok') return {level, code, message};
	const bySetup = level === 'note' && settings?.linger === true;
	return {level: bySetup ? 'error' : 'warning', code, message, detail, fixes, bySetup};
};

const pointless: readonly string[] = ['no-systemd', 'root'];

/** Checks of the machine, and whether Vira can be managed on it. */
const checkMachine = (
	facts: Facts,
	settings: Settings | undefined,
	advice: readonly Advice[],
): readonly CheckResult[] => {
	const {refusals, diagnose, byHand} = managerOf(facts);
	const told = diagnose(settings)?.code;
	// The advice applies only if Vira can be set up on this machine and for this person.
	const isPointless = refusals.some(({code}) => pointless.includes(code));
	return [
		...refusals
			.filter(({code}) => code !== told)
			.map((one) => ({
				...one,
				level: 'error' as const,
				bySetup: one.code === 'masked' && byHand.unmask.length > 0,
			})),
		...(isPointless ? [] : advice)
			.filter((one) => one.code !== told && !isDecided(one, settings))
			.map((one) => checkResultOf(one, settings)),
	];
};

/** The safe fixes: those that lose no data. */
export interface Repair {
	readonly proposal: Proposal;
	readonly existing: Existing;
}

/** What only the person can accept, in a preview. */
const needsConsent = ({preview}: Proposal): boolean =>
	preview.warnings.some(({code}) => code === 'changed-by-hand' || code === 'state-reset');

/** Replaces a Vira that does not exist any more with another, if this machine has one. */
const withVira = (status: Status, settings: Settings): Settings | undefined => {
	const {drift, facts} = status;
	const isGone = drift.some(({code}) => code === 'vira-gone');
	if (!isGone) return settings;
	if (!facts.vira || facts.vira.path === settings.package || isInstallable(settings.package))
		return undefined;
	return {...settings, package: facts.vira.path};
};

const propose = async (
	system: System,
	status: Status,
	{settings, existing}: {readonly settings: Settings; readonly existing: Existing},
): Promise<Proposed | undefined> => {
	const wanted = withVira(status, settings);
	if (!wanted) return undefined;
	return wanted === settings ? status.proposed : proposer(system, status.facts, existing)(wanted);
};

/**
 * A start that fails is not undone: the service manager still knows why it failed, and undoing the start would erase
 * that.
 */
const keptOnFailure = (action: Action, isStart: boolean): Action => {
	if (action.does !== 'run') return action;
	const {undo, ...rest} = action;
	if (undo === action.command) return rest;
	return isStart ? {...action, keepOnFailure: true} : action;
};

/** A setup with the same settings; undefined if nothing is to be done, or the person has to agree first. Only reads. */
const findRepair = async (system: System, status: Status): Promise<Repair | undefined> => {
	const {installation, facts} = status;
	if (installation.is !== 'there') return undefined;
	const {existing} = installation;
	const {refusals, byHand, stepOf} = managerOf(facts);
	// Files of a newer version must not be replaced; an interrupted uninstall may be meant to continue.
	const isOthers = status.drift.some(({code}) => code === 'newer-format') || existing.receipt?.removing;
	if (isOthers || refusals.some(({code}) => code !== 'masked' || byHand.unmask.length === 0))
		return undefined;
	const proposed = await propose(system, status, installation);
	if (!proposed?.good || needsConsent(proposed.proposal)) return undefined;
	const {proposal} = proposed;
	const actions = [...byHand.unmask, ...proposal.actions].map((action) =>
		keptOnFailure(action, stepOf(action) === 'start'),
	);
	return actions.length === 0 ? undefined : {proposal: {...proposal, actions}, existing};
};

/** The results of all checks, and what can be fixed. */
export interface Examination {
	readonly status: Status;
	/** Every check there is, the machine first. Secrets are masked. */
	readonly results: readonly CheckResult[];
	/** What --fix does; undefined: it can fix nothing. */
	readonly repair: Repair | undefined;
	/** The last log lines of an unhealthy service, oldest first. */
	readonly log: readonly string[];
}

const shownWords = 5;

/** The log of a service that was stopped on purpose does not matter; a running one is healthy only if it responds. */
const isAskedFor = ({installation, healthy, service}: Status): boolean => {
	if (installation.is === 'nothing' || service.active === 'inactive') return false;
	return installation.is === 'there' ? !healthy : service.active !== 'active';
};

/** Only reads, and throws nothing. */
export const examineAll = async (system: System, facts: Facts): Promise<Examination> => {
	const status = await survey(system, facts);
	const {installation} = status;
	const settings = installation.is === 'there' ? installation.settings : undefined;
	const [words, setup, repair, advice] = await Promise.all([
		readLastWords(system, facts),
		checkSetup(system, status),
		findRepair(system, status),
		adviceFor(system, facts, settings),
	]);
	return {
		status,
		results: [...checkMachine(facts, settings, advice), ...checkService(status, words), ...setup],
		repair,
		log: isAskedFor(status) ? shortened(words.lines.slice(-shownWords).map(status.mask)) : [],
	};
};

/** The fix of what a run with the same settings fixes. */
export const doctorFix: Fix = {say: 'fixes it', command: 'vira-setup doctor --fix', safe: true};

/** Whether --fix fixes it. */
export const isRepaired = ({level, bySetup}: CheckResult, {repair}: Pick<Examination, 'repair'>): boolean =>
	level !== 'ok' && bySetup === true && repair !== undefined;
