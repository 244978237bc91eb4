import {exitCode, SetupError} from '../../errors.ts';
import type {Fix} from '../../notice.ts';
import type {Command, RunResult, System} from '../system.ts';
import {wordsOf} from './words-of.ts';
import type {Action, DeleteFile, Run, WriteFile} from './action.ts';

/** Whether root does it: sudo may ask for a password then. */
export const isRoots = (action: Action): boolean => {
	switch (action.does) {
		case 'write-file':
		case 'delete-file':
			return action.staged !== undefined;
		case 'run':
			return action.asRoot === true;
		case 'load-agent':
		case 'unload-agent':
		case 'restart-agent':
			return action.domain === 'system';
		default:
			return false;
	}
};

/** The first action of a plan that needs root: if sudo is refused, nothing has changed yet. */
const askForRoot = (otherWays: readonly Fix[]): Run => ({
	does: 'run',
	command: ['/usr/bin/true'],
	asRoot: true,
	why: 'ask for the sudo password before anything changes',
	onFailure: {
		message: 'Insufficient privileges: one step needs administrator rights, and sudo did not allow it.',
		fixes: [
			{say: 'In a script, vira-setup never asks for a password: run "sudo -v" first, in the same terminal.'},
			...otherWays,
		],
		exit: exitCode.privilege,
	},
});

/** If the domain can still be chosen. */
export const domainWithoutRoot: Fix = {
	say: 'Or use a domain that needs no administrator rights: --domain gui or --domain user.',
};

export const withRootAsked = (
	actions: readonly Action[],
	otherWays: readonly Fix[] = [],
): readonly Action[] => (actions.some(isRoots) ? [askForRoot(otherWays), ...actions] : actions);

/** install(1) sets owner and mode before the file gets its name, so there is no race. */
const install = ({path, mode}: Pick<WriteFile, 'path' | 'mode'>, staged: string): Command => [
	'/usr/bin/install',
	'-m',
	mode.toString(8).padStart(4, '0'),
	'-o',
	'root',
	'-g',
	'wheel',
	staged,
	path,
];

const remove = (path: string): Command => ['/bin/rm', '-f', path];

/** The commands by which root changes a file, as they are run. */
export const fileCommands = (action: WriteFile | DeleteFile): readonly Command[] => {
	if (action.staged === undefined) return [];
	return [action.does === 'write-file' ? install(action, action.staged) : remove(action.path)];
};

/** Only the user can read the staged file. */
const stagedMode = 0o600;

const demandDone = (result: RunResult, path: string): void => {
	if (result.exitCode === 0) return;
	throw new SetupError({
		message: `Could not change ${path} with administrator rights.`,
		detail: wordsOf(result),
		exit: exitCode.privilege,
	});
};

/** Writes a file where only root can write. */
export const writeAsRoot = async (
	action: WriteFile,
	{staged, system}: {readonly staged: string; readonly system: System},
): Promise<void> => {
	try {
		await system.writeFile(staged, action.content, stagedMode);
		demandDone(await system.runAsRoot(install(action, staged)), action.path);
	} finally {
		await system.deleteFile(staged);
	}
};

/** No password prompt if there is nothing to delete. During an undo, the staged text may still exist. */
export const deleteAsRoot = async (
	{path}: DeleteFile,
	{staged, system}: {readonly staged: string; readonly system: System},
): Promise<void> => {
	await system.deleteFile(staged);
	if (await system.inspect(path)) demandDone(await system.runAsRoot(remove(path)), path);
};
