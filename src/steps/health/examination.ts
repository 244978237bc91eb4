import type {Fix} from '../../notice.ts';
import {shortened} from '../../platform/service-manager/excerpt.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {adviceFor} from '../plan/configured-vira.ts';
import {survey, type Status} from './survey.ts';
import {checkMachine} from './check-machine.ts';
import type {CheckResult} from './check-result.ts';
import {checkService} from './check-service.ts';
import {checkSetup} from './check-setup.ts';
import {readLastWords} from './log-diagnosis.ts';
import {findRepair, type Repair} from './repair.ts';

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
