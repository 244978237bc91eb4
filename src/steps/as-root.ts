import {exitCode, SetupError} from '../errors.ts';
import type {Command, RunResult, System} from '../platform/system.ts';
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

/** The first of a plan with something for root in it: whoever may not do that learns it before anything changes. */
const askForRoot = (otherWays: readonly string[]): Run => ({
	does: 'run',
	command: ['/usr/bin/true'],
	asRoot: true,
	why: 'sudo asks for your password, before anything changes',
	onFailure: {
		what: 'Root has to do a part of it, and sudo did not allow it.',
		next: [
			'In a script, which is never asked for a password: sudo -v first, in the same terminal.',
			...otherWays,
		],
		code: exitCode.privilege,
	},
});

/** Where the domain can still be chosen. */
export const domainWithoutRoot = 'Or take a domain that needs no root: --domain gui, or --domain user.';

export const withRootAsked = (
	actions: readonly Action[],
	otherWays: readonly string[] = [],
): readonly Action[] => (actions.some(isRoots) ? [askForRoot(otherWays), ...actions] : actions);

/** install(1) sets owner and mode before the file has its name; nobody else can be faster. */
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

/** Only this person can read what is staged. */
const stagedMode = 0o600;

const demandDone = (result: RunResult, path: string): void => {
	if (result.exitCode === 0) return;
	throw new SetupError({
		what: `Root did not change ${path}.`,
		why: wordsOf(result),
		code: exitCode.privilege,
	});
};

/** Puts a file into a place where only root can write. */
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

/** Nobody is asked for a password where there is nothing to do. On the way back the staged text may be there still. */
export const deleteAsRoot = async (
	{path}: DeleteFile,
	{staged, system}: {readonly staged: string; readonly system: System},
): Promise<void> => {
	await system.deleteFile(staged);
	if (await system.inspect(path)) demandDone(await system.runAsRoot(remove(path)), path);
};
