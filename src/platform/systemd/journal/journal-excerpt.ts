import {skim} from '../../paths.ts';
import type {Failure} from '../../../errors.ts';
import {answerOf} from '../../run-result.ts';
import {parseServiceState} from '../detect/service-state.ts';
import {askManager, systemctlCommands, parseProperties} from '../systemctl.ts';
import {journal} from './journal.ts';
import type {System} from '../../system.ts';
import {excerptLines, type Excerpt, withExcerpt} from '../../service-manager/log-source.ts';
import {outputElsewhere, journalFailure, linesMissing, noJournal} from './journal-failure.ts';
import {saidByVira} from '../../vira/said-by-vira.ts';
import {saidBySystemd} from '../diagnosis/said-by-systemd.ts';

/** One start of the service. */
interface ServiceStart {
	readonly invocation: string;
	/** Its PID, if known. */
	readonly pid: number | undefined;
}

interface Known {
	readonly start: ServiceStart | undefined;
	/** Where its log lines are, if not in the journal. */
	readonly elsewhere: Failure | undefined;
}

/** systemd forgets the last start with the unit: after a stop, or once its failure was reset, there is none. */
const readKnown = async (system: System): Promise<Known> => {
	const shown = answerOf(await askManager(system, systemctlCommands.showLastStart));
	const {InvocationID: invocation = '', ExecMainPID: pid = '0'} = parseProperties(shown ?? '');
	return {
		start: invocation === '' ? undefined : {invocation, pid: pid === '0' ? undefined : Number(pid)},
		elsewhere: await outputElsewhere(system, parseServiceState(shown)),
	};
};

type Newest = {readonly invocation: string | undefined} | {readonly unreadable: Failure};

/**
 * Lines of the manager name the start in one field, lines of Vira in another (systemd.journal-fields(7)). The line is
 * not parsed as JSON: an error would quote it, and it may contain secrets.
 */
const invocationIn = (json: string): string | undefined => {
	const [, id] =
		/"USER_INVOCATION_ID"\s*:\s*"([0-9a-f]{32})"/u.exec(json) ??
		/"_SYSTEMD_INVOCATION_ID"\s*:\s*"([0-9a-f]{32})"/u.exec(json) ??
		[];
	return id;
};

/** The start that the newest line of the service belongs to. */
const readNewest = async (system: System): Promise<Newest> => {
	const result = await system.run(journal.newest);
	if (result.exitCode !== 0) return {unreadable: journalFailure(result, system.user)};
	if (result.stdout !== '') return {invocation: invocationIn(result.stdout)};
	const noticed = await system.run(journal.noticed);
	if (noticed.exitCode !== 0) return {unreadable: journalFailure(noticed, system.user)};
	const isKept = !noticed.stderr.includes('No journal files were found');
	return isKept ? {invocation: undefined} : {unreadable: noJournal};
};

/**
 * The fields that identify a start in the journal. A process that exits within a few milliseconds is gone before
 * journald can read its unit: its lines have only the PID. Measured with 247, 252 and 257: one in three to one in ten.
 */
const fieldsOf = async (
	system: System,
	{invocation, pid}: ServiceStart,
): Promise<readonly (readonly string[])[]> => {
	const bootId = (await skim(system, '/proc/sys/kernel/random/boot_id'))?.trim().replaceAll('-', '');
	const own = `_UID=${system.user.uid}`;
	return [
		[`_SYSTEMD_INVOCATION_ID=${invocation}`],
		[`USER_INVOCATION_ID=${invocation}`, own],
		...(pid === undefined || bootId === undefined
			? []
			: [[`_PID=${pid}`, own, `_BOOT_ID=${bootId}`, '_TRANSPORT=stdout']]),
	];
};

/** The newest lines may not be in the journal yet. */
const patience = {tries: 5, everyMs: 100};

const readLines = async (system: System, start: ServiceStart, tries = patience.tries): Promise<Excerpt> => {
	const result = await system.run(journal.matching(excerptLines, await fieldsOf(system, start)));
	if (result.exitCode !== 0) return {lines: [], unreadable: journalFailure(result, system.user)};
	const lines = result.stdout.split('\n').filter((line) => line !== '');
	if (lines.length > 0 || tries <= 1) return {lines};
	await system.sleep(patience.everyMs);
	return readLines(system, start, tries - 1);
};

const readJournal = async (system: System, start: ServiceStart | undefined): Promise<Excerpt> => {
	const excerpt = start && (await readLines(system, start));
	if (excerpt && (excerpt.lines.length > 0 || excerpt.unreadable)) return excerpt;
	const newest = await readNewest(system);
	if ('unreadable' in newest) return {lines: [], ...newest};
	if (start) return {lines: [], unreadable: linesMissing(system.user), doubtful: true};
	const {invocation} = newest;
	return invocation === undefined ? {lines: []} : readLines(system, {invocation, pid: undefined}, 1);
};

/** The last lines of the start that systemd knows; if it has forgotten it, of the newest start in the journal. */
export const readJournalExcerpt = async (system: System): Promise<Excerpt> => {
	const {start, elsewhere} = await readKnown(system);
	const excerpt = await readJournal(system, start);
	return elsewhere ? {lines: excerpt.lines, unreadable: elsewhere, doubtful: true} : excerpt;
};

/** A process that exits at once makes the start of its service fail: its last log lines show why. */
export const withStartLog = async (failure: Failure, system: System): Promise<Failure> => {
	const excerpt = await readJournalExcerpt(system);
	const cause = saidByVira(excerpt.lines) ?? saidBySystemd(excerpt.lines);
	return withExcerpt(
		{
			...failure,
			detail: [cause?.message, failure.detail].filter((one) => one !== undefined).join('\n'),
			reason: cause?.reason ?? 'not-startable',
			fixes: [...(cause?.fixes ?? []), ...(failure.fixes ?? [])],
		},
		excerpt,
	);
};
