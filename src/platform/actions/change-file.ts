import {exitCode, SetupError} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import type {Command, RunResult, System} from '../system.ts';
import {whyFailed} from '../run-result.ts';
import {
	didNotExist,
	performing,
	commandRunner,
	type ActionKind,
	type FileBefore,
	type Meanwhile,
	type PlannedCommand,
} from './action-kind.ts';
import {modeText} from '../paths.ts';

/** What the service manager has to run after a change of a file, and after its undo. */
export interface AfterChange {
	readonly command: Command;
	readonly whyWritten: string;
	readonly whyDeleted: string;
}

interface FileChange {
	readonly path: string;
	readonly afterChange?: AfterChange;
	/** For a file of root: our own file, absolute, from which root copies it. */
	readonly staged?: string;
	readonly why: string;
}

export interface WriteFile extends FileChange {
	readonly does: 'write-file';
	/** Permission bits, such as 0o600. */
	readonly mode: number;
	readonly content: string;
	readonly before: FileBefore | undefined;
}

export interface DeleteFile extends FileChange {
	readonly does: 'delete-file';
	readonly before: FileBefore;
}

export type FileAction = WriteFile | DeleteFile;

export const isFileAction = (action: {readonly does: string}): action is FileAction =>
	action.does === 'write-file' || action.does === 'delete-file';

/** Whether the content of the file changes, not only its mode. */
export const changesContent = (action: FileAction): boolean =>
	action.does === 'delete-file' || action.before?.content !== action.content;

/** install(1) sets owner and mode before the file gets its name, so there is no race. */
const install = ({path, mode}: WriteFile, staged: string): Command => [
	'/usr/bin/install',
	'-m',
	modeText(mode),
	'-o',
	'root',
	'-g',
	'wheel',
	staged,
	path,
];

const remove = (path: string): Command => ['/bin/rm', '-f', path];

/** Only the user can read the staged file. */
const stagedMode = 0o600;

const demandDone = (result: RunResult, path: string): void => {
	if (result.exitCode === 0) return;
	throw new SetupError({
		message: `Could not change ${path} with administrator rights.`,
		detail: whyFailed(result),
		exit: exitCode.privilege,
	});
};

/** Writes a file where only root can write. */
const writeAsRoot = async (action: WriteFile, staged: string, system: System): Promise<void> => {
	try {
		await system.writeFile(staged, action.content, stagedMode);
		demandDone(await system.runAsRoot(install(action, staged)), action.path);
	} finally {
		await system.deleteFile(staged);
	}
};

/** No password prompt if there is nothing to delete. During an undo, the staged text may still exist. */
const deleteAsRoot = async ({path}: DeleteFile, staged: string, system: System): Promise<void> => {
	await system.deleteFile(staged);
	if (await system.inspect(path)) demandDone(await system.runAsRoot(remove(path)), path);
};

/** After a failed write there is nothing to undo, and perhaps no space left to write. */
const isWritten = async ({path, content, mode}: WriteFile, system: System): Promise<boolean> => {
	const found = await system.inspect(path);
	if (found?.mode !== mode || found.size !== Buffer.byteLength(content)) return false;
	return (await system.readFile(path, {lossy: true})) === content;
};

const makeManagerRead = async (
	{afterChange}: FileAction,
	system: System,
	meanwhile: Meanwhile,
): Promise<void> => {
	if (!afterChange) return;
	const result = await commandRunner(system, meanwhile)(afterChange.command);
	if (result.exitCode === 0) return;
	throw new SetupError({
		message: 'The service manager could not load a changed file.',
		detail: `${commandText(afterChange.command)}: ${whyFailed(result)}`,
		exit: exitCode.refused,
	});
};

const write = async (action: WriteFile, system: System): Promise<void> => {
	const {path, content, mode, staged} = action;
	if (await isWritten(action, system)) return undefined;
	return staged === undefined ? system.writeFile(path, content, mode) : writeAsRoot(action, staged, system);
};

const commandsOf = (
	{staged, afterChange, why}: FileAction,
	command: (staged: string) => Command,
	whyAfter: 'whyWritten' | 'whyDeleted',
): readonly PlannedCommand[] => [
	...(staged === undefined ? [] : [{command: command(staged), why}]),
	...(afterChange ? [{command: afterChange.command, why: afterChange[whyAfter]}] : []),
];

const restoreContent = 'restore its previous content';

export const writeFileKind: ActionKind<WriteFile, FileAction> = {
	perform: performing(async (action, system, meanwhile) => {
		await write(action, system);
		await makeManagerRead(action, system, meanwhile);
	}),
	inverse: (action) => {
		const {content, mode, before, ...kept} = action;
		const now = {content, mode};
		return before
			? {...action, ...before, before: now, why: restoreContent}
			: {...kept, does: 'delete-file', before: now, why: didNotExist};
	},
	describe: ({path, before}, short) => `${before ? 'Change' : 'Create'} ${short(path)}`,
	toJson: ({path, mode}) => ({path, mode: modeText(mode)}),
	byHand: (action) => commandsOf(action, (staged) => install(action, staged), 'whyWritten'),
	needsRoot: ({staged}) => staged !== undefined,
};

export const deleteFileKind: ActionKind<DeleteFile, WriteFile> = {
	perform: performing(async (action, system, meanwhile) => {
		const {path, staged} = action;
		await (staged === undefined ? system.deleteFile(path) : deleteAsRoot(action, staged, system));
		await makeManagerRead(action, system, meanwhile);
	}),
	inverse: ({before, ...kept}) => ({
		...kept,
		does: 'write-file',
		...before,
		before: undefined,
		why: restoreContent,
	}),
	describe: ({path}, short) => `Remove ${short(path)}`,
	toJson: ({path}) => ({path}),
	byHand: (action) => commandsOf(action, () => remove(action.path), 'whyDeleted'),
	needsRoot: ({staged}) => staged !== undefined,
	deletes: 'file',
};
