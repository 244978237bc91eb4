import {commandText, asTyped} from '../platform/command-text.ts';
import {modeText} from '../platform/paths.ts';
import type {Command, RunResult, System} from '../platform/system.ts';
import {maskLooks} from '../settings/secrets/mask-looks.ts';
import {printable} from './text.ts';

/** Why a command did not succeed, in words; undefined if it did. */
const unsuccessful = ({exitCode, found, timedOut, notStarted}: RunResult): string | undefined => {
	if (!found) return 'not found';
	if (notStarted !== undefined) return notStarted;
	if (timedOut) return 'timed out';
	return exitCode === 0 ? undefined : exitCode === undefined ? 'stopped' : `exit status ${exitCode}`;
};

type Show = (what: string) => void;

/** Commands, each shown before it runs. */
const shownCommands = (system: System, showOnce: Show): Pick<System, 'run' | 'runAsRoot'> => {
	const showing = async (command: Command, run: () => Promise<RunResult>): Promise<RunResult> => {
		const text = commandText(command);
		showOnce(`runs: ${text}`);
		const result = await run();
		const why = unsuccessful(result);
		if (why !== undefined) showOnce(`${why}: ${text}`);
		return result;
	};
	return {
		run: (command, options) => showing(command, () => system.run(command, options)),
		runAsRoot: (command) => showing(asTyped(command), () => system.runAsRoot(command)),
	};
};

type Changing = 'writeFile' | 'move' | 'deleteFile' | 'makeFolder' | 'deleteFolder';

/** Changes of files and folders. */
const shownChanges = (system: System, show: Show): Pick<System, Changing> => ({
	writeFile: async (path, content, mode) => {
		show(`writes: ${path} (mode ${modeText(mode)}, ${Buffer.byteLength(content)} bytes)`);
		await system.writeFile(path, content, mode);
	},
	move: async (from, to) => {
		show(`moves: ${from} to ${to}`);
		await system.move(from, to);
	},
	deleteFile: async (path) => {
		show(`deletes: ${path}`);
		await system.deleteFile(path);
	},
	makeFolder: async (path, mode) => {
		const isNew = await system.makeFolder(path, mode);
		if (isNew) show(`creates: ${path} (mode ${modeText(mode)})`);
		return isNew;
	},
	deleteFolder: async (path, options) => {
		show(`deletes: ${path}${options.withContents ? ' with its contents' : ' if it is empty'}`);
		await system.deleteFolder(path, options);
	},
});

/**
 * The same machine, with a line for each command before it runs and each change of a file. A command that is repeated
 * with no change of a file in between, as while vira-setup waits, is shown once. Secrets and the contents of files are
 * not shown.
 */
export const verboseSystem = (system: System, report: (line: string) => void): System => {
	const known = new Set<string>();
	const show = (what: string): void => report(`  ${printable(maskLooks(what))}`);
	const showOnce = (what: string): void => {
		if (!known.has(what)) show(what);
		known.add(what);
	};
	const showChange = (what: string): void => {
		known.clear();
		show(what);
	};
	// Copies the properties as they are: what a machine reads on first use is not read for this.
	return Object.defineProperties(
		{},
		{
			...Object.getOwnPropertyDescriptors(system),
			...Object.getOwnPropertyDescriptors(shownCommands(system, showOnce)),
			...Object.getOwnPropertyDescriptors(shownChanges(system, showChange)),
		},
	) as System;
};
