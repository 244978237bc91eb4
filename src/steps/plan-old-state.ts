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

/**
 * Before a Vira starts that would delete the state it finds: all of it moves aside, from where it comes back if
 * anything fails, and where the person finds it if nothing does.
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
				})),
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
	const noWayBack: Complaint = {
		what: `Vira was not started again: ${settings.package} would delete the state in ${old.folder}.`,
		next: [
			`${commandText(['vira-setup', '--package', old.reader ?? 'PATH'])}   takes a Vira that reads that state`,
			'vira-setup   moves the state aside, and begins without repositories',
		],
		code: exitCode.unexpected,
	};
	return stops.map((action) =>
		action.does === 'run' || action.does === 'unload-agent' ? {...action, noWayBack} : action,
	);
};
