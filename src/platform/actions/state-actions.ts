import {namesIn, modeText} from '../paths.ts';
import type {System, Command} from '../system.ts';
import {isOfVira, exportBytes, findExport} from '../vira/vira-state.ts';
import {performing, type ActionKind, didNotExist, maskedCommand, shownByCommand} from './action-kind.ts';
import {deleteAnything} from './change-path.ts';
import {SetupError, type Failure} from '../../errors.ts';
import {answerOf, whyFailed} from '../run-result.ts';
import {commandText} from '../command-text.ts';
import type {DeleteFile} from './change-file.ts';

/** Notes the contents of a folder that Vira has not used yet, so that an undo removes what Vira adds. */
export interface BeginState {
	readonly does: 'begin-state';
	readonly path: string;
	readonly why: string;
	/** The names in it, once it was read. */
	readonly before?: readonly string[];
}

/** Removes from a folder what Vira has added, and nothing that existed before. */
export interface ClearState {
	readonly does: 'clear-state';
	readonly path: string;
	readonly before: readonly string[];
	readonly why: string;
}

export const beginStateKind: ActionKind<BeginState, ClearState> = {
	// Of a folder that cannot be read, nothing is deleted later.
	perform: async (action, system) => {
		const names = await namesIn(system, action.path);
		return names === 'hidden' ? undefined : {...action, before: names};
	},
	inverse: ({path, before}) =>
		before && {does: 'clear-state', path, before, why: 'remove what Vira has added'},
	describe: ({path}, short) => `Check what is in ${short(path)}`,
	toJson: ({path}) => ({path}),
};

/** Deletes what has a name that Vira uses and did not exist before. */
const clearState = async ({path, before}: ClearState, system: System): Promise<void> => {
	const names = await namesIn(system, path);
	if (names === 'hidden') return;
	for (const name of names.filter((one) => isOfVira(one) && !before.includes(one)))
		await deleteAnything(`${path}/${name}`, system);
};

export const clearStateKind: ActionKind<ClearState> = {
	perform: performing(clearState),
	describe: ({path}, short) => `Remove what Vira wrote to ${short(path)}`,
	toJson: ({path}) => ({path}),
};

/** Saves Vira's repositories to a file for `vira import`: only the JSON object in the output of `vira export`. */
export interface SaveExport {
	readonly does: 'save-export';
	readonly command: Command;
	readonly path: string;
	readonly mode: number;
	readonly why: string;
	/** If Vira does not respond, no file is written, and the plan continues. */
	readonly mayFail?: boolean;
	readonly onFailure: Failure;
}

/** Vira opens its whole database for an export, and that can be large. */
const limitMs = 100_000;

/** If the repositories are optional, writes no file, as a useless one would be worse. */
const saveExport = async (
	{command, path, mode, mayFail, onFailure}: SaveExport,
	system: System,
): Promise<void> => {
	const result = await system.run(command, {timeoutMs: limitMs, mostBytes: exportBytes});
	const answer = answerOf(result);
	const exported = answer === undefined ? undefined : findExport(answer);
	// Invalid UTF-8 has been replaced by now: such a backup would be damaged.
	const isWhole = exported?.json.includes('\uFFFD') === false;
	if (exported && isWhole) return system.writeFile(path, `${exported.json}\n`, mode);
	if (mayFail) return undefined;
	const useless = exported ? 'Its output is not UTF-8.' : 'Its output contains no repositories.';
	const why = answer === undefined ? whyFailed(result) : useless;
	throw new SetupError({...onFailure, detail: `${commandText(command)}: ${why}`});
};

export const saveExportKind: ActionKind<SaveExport, DeleteFile> = {
	perform: performing(saveExport),
	inverse: ({path, mode}) => ({
		does: 'delete-file',
		path,
		before: {content: '', mode},
		why: didNotExist,
	}),
	describe: ({command, path, mayFail}, short) =>
		`Save the output of ${commandText(command)} to ${short(path)}${mayFail ? ', if Vira supports it' : ''}`,
	toJson: ({path, mode, command}) => ({path, mode: modeText(mode), command: maskedCommand(command)}),
	byHand: shownByCommand.byHand,
};
