import {exitCode, type Complaint} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import {exportCommand} from '../platform/vira-export.ts';
import type {Settings} from '../settings/options.ts';
import type {Action} from './action.ts';
import type {OldState} from './situation.ts';

const exported = ({keptIn, reader}: OldState): readonly Action[] =>
	reader === undefined
		? []
		: [
				{
					does: 'save-export',
					command: exportCommand(reader, keptIn),
					path: `${keptIn}/repositories.json`,
					mode: 0o600,
					why: 'the repositories of the old state, to be added again',
					onFailure: {
						what: 'The repositories of the old state could not be exported.',
						code: exitCode.unexpected,
					},
				},
			];

const begun = ({folder}: OldState): Action => ({
	does: 'begin-state',
	path: folder,
	why: 'what the new Vira puts there goes again if it does not start',
});

/**
 * Before a Vira starts that would delete the state it finds: all of it moves aside, where the person finds it. If
 * anything fails it comes back from there, unless the service as it was before would delete it as well.
 */
export const oldStateActions = (old: OldState | undefined): readonly Action[] =>
	old === undefined
		? []
		: [
				{
					does: 'make-folder',
					path: old.keptIn,
					mode: 0o700,
					why: 'the old state is kept there',
					undoWithContents: false,
				},
				...old.parts.map((name): Action => ({
					does: 'move',
					from: `${old.folder}/${name}`,
					to: `${old.keptIn}/${name}`,
					why: 'this Vira cannot read it, and would delete it',
					way: 'there',
					...(!old.isServable && {stays: true}),
				})),
				// What the new Vira has made there by then would keep the old state from coming back.
				...(old.isServable ? [] : [begun(old)]),
				...exported(old),
			];

/**
 * The actions that stop the service before its state is moved. They have no way back where the service would start with
 * a Vira that deletes the state.
 */
export const stopForOldState = (
	stops: readonly Action[],
	old: OldState | undefined,
	settings: Pick<Settings, 'package'>,
): readonly Action[] => {
	if (old === undefined || old.isServable) return stops;
	const {folder, keptIn, parts, reader} = old;
	const back = commandText(['mv', ...parts.map((name) => `${keptIn}/${name}`), `${folder}/`]);
	const noWayBack: Complaint = {
		what: `Vira was not started again: ${settings.package} cannot read its state, and would delete it. The state is in ${keptIn}.`,
		next: [
			'To begin without repositories: vira-setup',
			'To go on with that state, with a Vira that reads it:',
			back,
			commandText(['vira-setup', '--package', reader ?? 'PATH_OF_THAT_VIRA']),
		],
		code: exitCode.unexpected,
	};
	return stops.map((action) =>
		action.does === 'run' || action.does === 'unload-agent' ? {...action, noWayBack} : action,
	);
};
