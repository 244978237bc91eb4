import {shortened} from '../excerpt.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {adviceFor} from '../configured-vira.ts';
import {survey, type Status} from '../status/survey.ts';
import {checkMachine} from './check-machine.ts';
import type {CheckResult} from './check-result.ts';
import {checkService} from './check-service.ts';
import {checkSetup} from './check-setup.ts';
import {readLastWords} from './last-words.ts';
import {findRepair, type Repair} from './repair.ts';

/** All that can be looked at, and what can be done about it. */
export interface Examination {
	readonly status: Status;
	/** Every check there is, the machine first. Secrets are masked. */
	readonly results: readonly CheckResult[];
	/** What --fix does; undefined: there is nothing that it could do by itself. */
	readonly repair: Repair | undefined;
	/** The last words of a service that does not run as it should, oldest first. */
	readonly log: readonly string[];
}

const shownWords = 5;

/** What was stopped on purpose has said nothing that matters; of what runs, only one that answers is known to be well. */
const isAskedFor = ({installation, healthy, service}: Status): boolean => {
	if (installation.is === 'nothing' || service.active === 'inactive') return false;
	return installation.is === 'there' ? !healthy : service.active !== 'active';
};

/** Reads only, and complains of nothing. */
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

/** What --fix takes care of. */
export const isRepaired = ({level, bySetup}: CheckResult, {repair}: Pick<Examination, 'repair'>): boolean =>
	level !== 'fine' && bySetup && repair !== undefined;
