import {exitCode, SetupError, type Complaint} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import {askManager} from '../systemd/ask-manager.ts';
import type {RunResult, System} from '../system.ts';
import {couldNotRun} from '../run-result.ts';
import type {
	Action,
	AskRepositories,
	BeginState,
	FileAction,
	MakeFolder,
	Move,
	Purge,
	Run,
	WriteFile,
} from './action.ts';
import {deleteAsRoot, writeAsRoot} from './as-root.ts';
import {saidBySystemd} from '../systemd/said-by-systemd.ts';
import {saidByVira} from '../vira/said-by-vira.ts';
import {demandSuitableVira} from './ask-built-vira.ts';
import {withExcerpt} from '../service-manager/excerpt.ts';
import {loadAgent, unloadAgent} from '../launchd/perform-agent.ts';
import {restartAgent} from '../launchd/restart-agent.ts';
import {askRepositories, tellImported} from './ask-repositories.ts';
import {beginState, clearState} from './begin-state.ts';
import {saveExport} from './save-export.ts';
import {waitFor} from './wait-for.ts';
import {wordsOf} from './words-of.ts';
import {readJournalExcerpt} from '../systemd/journal-excerpt.ts';

/** A service may take a while to stop: systemd's own limit is 90 s (TimeoutStopSec=, systemd.service(5)). */
const commandLimitMs = 100_000;

/** Lines of a long command that a report shows. */
const lastLines = 15;

/** What happens while an action is performed. */
export interface Meanwhile {
	readonly signal?: AbortSignal;
	/** Gets the output of a long command. */
	readonly say?: (line: string) => void;
}

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

/** A build prints much; the error is in its last lines. */
const complainOfLong = ({onFailure, command}: Run, result: RunResult): never => {
	const told = {...result, stdout: '', stderr: ''};
	throw new SetupError({
		...onFailure,
		why: `${commandText(command)}: ${wordsOf(told)}`,
		log: linesOf(result.stderr).slice(-lastLines),
	});
};

const complain = async (action: Run, result: RunResult, system: System): Promise<never> => {
	if (action.withinMs !== undefined) complainOfLong(action, result);
	const {complaint: told} = (result.timedOut ? action.onTimeout : undefined) ?? {complaint: action.onFailure};
	const why = `${commandText(action.command)}: ${wordsOf(result)}`;
	// The fixes for a refusal do not help if the program cannot be run.
	if (couldNotRun(result)) throw new SetupError({what: told.what, why, code: exitCode.unsuitable});
	const complaint = {...told, why};
	throw new SetupError(action.logOnFailure ? await withCause(complaint, system) : complaint);
};

/** A process that exits at once makes the start of its service fail: its last log lines show why. */
const withCause = async (complaint: Complaint, system: System): Promise<Complaint> => {
	const excerpt = await readJournalExcerpt(system);
	const cause = saidByVira(excerpt.lines) ?? saidBySystemd(excerpt.lines);
	const why = [cause?.message, complaint.why].filter((one) => one !== undefined).join('\n');
	return withExcerpt(
		{
			...complaint,
			why,
			reason: cause?.reason ?? 'not-startable',
			next: [...(cause?.fixes ?? []), ...(complaint.next ?? [])],
		},
		excerpt,
	);
};

const runCommand = async (action: Run, system: System, {signal, say}: Meanwhile): Promise<void> => {
	const {withinMs} = action;
	const result = action.asRoot
		? await system.runAsRoot(action.command)
		: await askManager(
				system,
				action.command,
				withinMs === undefined
					? {timeoutMs: action.limitMs ?? commandLimitMs}
					: // Only the end of its output is needed, whether or not anyone follows it.
						{timeoutMs: withinMs, ...(signal && {signal}), onLine: (line) => say?.(line)},
			);
	if (result.exitCode !== 0 && !action.mayFail) await complain(action, result, system);
};

const move = async ({from, to, way}: Move, system: System): Promise<void> => {
	if (way === 'there') return system.move(from, to);
	if (!(await system.inspect(from))) return;
	const there = await system.inspect(to);
	if (there && way === 'back-if-gone') return;
	if (there?.kind === 'folder') await system.deleteFolder(to, {withContents: true});
	else await system.deleteFile(to);
	await system.move(from, to);
};

/** If it has become a link since the plan was made, only the link is deleted. */
const purge = async ({path}: Purge, system: System): Promise<void> => {
	const found = await system.inspect(path);
	if (found?.kind === 'folder') await system.deleteFolder(path, {withContents: true});
	else await system.deleteFile(path);
};

/** After a failed write there is nothing to undo, and perhaps no space left to write. */
const isWritten = async ({path, content, mode}: WriteFile, system: System): Promise<boolean> => {
	const found = await system.inspect(path);
	if (found?.mode !== mode || found.size !== Buffer.byteLength(content)) return false;
	return (await system.readFile(path, {lossy: true})) === content;
};

const changeOne = async (action: FileAction, system: System): Promise<void> => {
	const {path, staged} = action;
	if (action.does === 'delete-file')
		return staged === undefined ? system.deleteFile(path) : deleteAsRoot(action, {staged, system});
	if (await isWritten(action, system)) return undefined;
	return staged === undefined
		? system.writeFile(path, action.content, action.mode)
		: writeAsRoot(action, {staged, system});
};

const changeFile = async (action: FileAction, system: System): Promise<void> => {
	await changeOne(action, system);
	if (!action.afterChange) return;
	const result = await askManager(system, action.afterChange);
	if (result.exitCode !== 0) {
		throw new SetupError({
			what: 'The service manager could not load a changed file.',
			why: `${commandText(action.afterChange)}: ${wordsOf(result)}`,
			code: exitCode.refused,
		});
	}
};

/**
 * Performs one action, and returns what to undo later. Throws a SetupError, or the error of the system, if it fails.
 */
export const perform = async (
	action: Action,
	system: System,
	meanwhile: Meanwhile = {},
): Promise<Action | undefined> => {
	// A folder that exists by now was created by someone else, whatever the plan expected.
	if (action.does === 'make-folder')
		return (await system.makeFolder(action.path, action.mode)) ? action : undefined;
	if (action.does === 'ask-repositories') return askRepositories(action, system);
	if (action.does === 'begin-state') return beginState(action, system);
	await change(action, system, meanwhile);
	return action;
};

const change = async (
	action: Exclude<Action, MakeFolder | AskRepositories | BeginState>,
	system: System,
	meanwhile: Meanwhile,
): Promise<void> => {
	switch (action.does) {
		case 'write-file':
		case 'delete-file':
			return changeFile(action, system);
		case 'delete-folder':
			return system.deleteFolder(action.path, {withContents: action.withContents});
		case 'move':
			return move(action, system);
		case 'load-agent':
			return loadAgent(action, system);
		case 'unload-agent':
			return unloadAgent(action, system);
		case 'restart-agent':
			return restartAgent(action, system);
		case 'tell-imported':
			return tellImported(action, system);
		case 'clear-state':
			return clearState(action, system);
		case 'save-export':
			return saveExport(action, system);
		case 'run':
			return runCommand(action, system, meanwhile);
		case 'delete-link':
			return system.deleteFile(action.path);
		case 'purge':
			return purge(action, system);
		case 'ask-vira':
			return demandSuitableVira(action, system);
		case 'wait-for':
			return waitFor(action, system, meanwhile.signal);
	}
};

/** The usual reason is a folder in it that a build has made read-only. */
const notPurged = (path: string): Complaint => ({
	what: `Could not delete all of ${path}.`,
	next: [commandText(['chmod', '-R', 'u+rwX', path]), 'vira-setup uninstall --purge   deletes the rest'],
	code: exitCode.unexpected,
});

/** The message of an error; one that is not a SetupError comes from a file operation. */
export const complaintOf = (error: unknown, action: Action): Complaint => {
	if (error instanceof SetupError) return error.complaint;
	const why = (error as Error).message;
	if (action.does === 'purge') return {...notPurged(action.path), why};
	const what =
		action.does === 'move'
			? `Could not move ${action.from} to ${action.to}.`
			: `Could not change ${'path' in action ? action.path : ''}.`;
	return {what, why, code: exitCode.unexpected};
};
