import {exitCode, SetupError, type Complaint} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import {askManager} from '../platform/linux/ask-manager.ts';
import type {RunResult, System} from '../platform/system.ts';
import {couldNotRun} from '../platform/why-unanswered.ts';
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
import {saidBySystemd} from './causes/said-by-systemd.ts';
import {saidByVira} from './causes/said-by-vira.ts';
import {demandSuitableVira} from './ask-built-vira.ts';
import {withExcerpt} from './excerpt.ts';
import {loadAgent, unloadAgent} from './launchd/perform-agent.ts';
import {restartAgent} from './launchd/restart-agent.ts';
import {askRepositories, tellImported} from './ask-repositories.ts';
import {beginState, clearState} from './begin-state.ts';
import {saveExport} from './save-export.ts';
import {waitFor} from './wait-for.ts';
import {wordsOf} from './words-of.ts';
import {readJournalExcerpt} from './systemd/journal-excerpt.ts';

/** A service may take a while to stop: systemd's own limit is 90 s (TimeoutStopSec=, systemd.service(5)). */
const commandLimitMs = 100_000;

/** Lines of a long command that a report shows. */
const lastLines = 15;

/** What somebody does while an action is performed. */
export interface Meanwhile {
	readonly signal?: AbortSignal;
	/** Is told what a long command says. */
	readonly say?: (line: string) => void;
}

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

/** A build says much, and what went wrong in its last lines. */
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
	// What helps where the program refuses does not help where it cannot be run.
	if (couldNotRun(result)) throw new SetupError({what: told.what, why, code: exitCode.unsuitable});
	const complaint = {...told, why};
	throw new SetupError(action.logOnFailure ? await withCause(complaint, system) : complaint);
};

/** A process that ends at once lets the start of its service fail: its last lines say why. */
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
					: // It says much, and the end of it is wanted, whether or not somebody follows it.
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

/** What is a link by now, whatever the plan saw, is deleted as a link. */
const purge = async ({path}: Purge, system: System): Promise<void> => {
	const found = await system.inspect(path);
	if (found?.kind === 'folder') await system.deleteFolder(path, {withContents: true});
	else await system.deleteFile(path);
};

/** On the way back from a write that failed there is nothing to write, and perhaps no room for it either. */
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
			what: 'The service manager did not take over a changed file.',
			why: `${commandText(action.afterChange)}: ${wordsOf(result)}`,
			code: exitCode.refused,
		});
	}
};

/**
 * Does one action, and answers with what there is to take back. Throws a SetupError, or whatever the machine throws,
 * when it cannot be done.
 */
export const perform = async (
	action: Action,
	system: System,
	meanwhile: Meanwhile = {},
): Promise<Action | undefined> => {
	// A folder that turns out to be there already is somebody else's, whatever the plan thought.
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

/** What keeps it is mostly the mode of a folder in it, which a build has taken the right to write from. */
const notPurged = (path: string): Complaint => ({
	what: `${path} could not be deleted whole.`,
	next: [commandText(['chmod', '-R', 'u+rwX', path]), 'vira-setup uninstall --purge   goes on with it.'],
	code: exitCode.unexpected,
});

/** What an error says to the person; what is no SetupError comes from a file operation. */
export const complaintOf = (error: unknown, action: Action): Complaint => {
	if (error instanceof SetupError) return error.complaint;
	const why = (error as Error).message;
	if (action.does === 'purge') return {...notPurged(action.path), why};
	const what =
		action.does === 'move'
			? `${action.from} could not be moved to ${action.to}.`
			: `${'path' in action ? action.path : ''} could not be changed.`;
	return {what, why, code: exitCode.unexpected};
};
