import {exitCode, type Failure} from '../../errors.ts';
import {commandText} from '../../platform/command-text.ts';
import {exportCommand} from '../../platform/vira/vira-export.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action} from '../../platform/actions/action.ts';
import type {OldState, Situation} from '../../platform/installed/situation.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {statePlacesIn} from '../../platform/installed/receipt.ts';

const exported = ({keptIn, reader}: OldState): readonly Action[] =>
	reader === undefined
		? []
		: [
				{
					does: 'save-export',
					command: exportCommand(reader, keptIn),
					path: `${keptIn}/repositories.json`,
					mode: 0o600,
					why: 'save the repositories of the old state, so that they can be added again',
					onFailure: {
						message: 'Could not export the repositories of the old state.',
						exit: exitCode.unexpected,
					},
				},
			];

const beginState = (path: string): Action => ({
	does: 'begin-state',
	path,
	why: 'note its contents, so that an undo removes only what Vira adds',
});

/** For an existing folder that Vira has not used yet. */
export const beginStateActions = (
	settings: Settings,
	{facts, existing: {receipt}, site: {missingFolders, hasDatabase}}: Situation,
): readonly Action[] => {
	const path = stateFolderOf(settings, facts);
	const isTaken = statePlacesIn(receipt).some((place) => place.path === path);
	return hasDatabase || isTaken || missingFolders.includes(path) ? [] : [beginState(path)];
};

/**
 * Before a Vira starts that would delete the state, all of the state is moved aside. If anything fails, it is moved back,
 * unless the previous service would delete it too.
 */
export const oldStateActions = (old: OldState | undefined): readonly Action[] =>
	old === undefined
		? []
		: [
				{
					does: 'make-folder',
					path: old.keptIn,
					mode: 0o700,
					why: 'keep the old state there',
					undoWithContents: false,
				},
				...old.parts.map((name): Action => ({
					does: 'move',
					from: `${old.folder}/${name}`,
					to: `${old.keptIn}/${name}`,
					why: 'keep it from this Vira, which cannot read it and would delete it',
					way: 'there',
					...(!old.isServable && {stays: true}),
				})),
				// Files of the new Vira would prevent the old state from being moved back.
				...(old.isServable ? [] : [beginState(old.folder)]),
				...exported(old),
			];

/**
 * The actions that stop the service before its state is moved. They have no undo if the service would start with a Vira
 * that deletes the state.
 */
export const stopForOldState = (
	stops: readonly Action[],
	old: OldState | undefined,
	settings: Pick<Settings, 'package'>,
): readonly Action[] => {
	if (old === undefined || old.isServable) return stops;
	const {folder, keptIn, parts, reader} = old;
	const back = commandText(['mv', ...parts.map((name) => `${keptIn}/${name}`), `${folder}/`]);
	const noWayBack: Failure = {
		message: `Vira was not started again: ${settings.package} cannot read its state and would delete it. The state is in ${keptIn}.`,
		fixes: [
			{say: 'To start without repositories:', command: 'vira-setup'},
			{say: 'To continue with that state, using a Vira that can read it:'},
			{say: '', command: back},
			{say: '', command: commandText(['vira-setup', '--package', reader ?? 'PATH_OF_THAT_VIRA'])},
		],
		exit: exitCode.unexpected,
	};
	return stops.map((action) => ({...action, noWayBack}));
};
