import {exitCode, type Failure} from '../../errors.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {exportCommand, holdsState, isOfVira} from '../../platform/vira/vira-state.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import type {Action} from '../../platform/actions/action.ts';
import {newFolder} from '../../platform/actions/change-path.ts';
import type {Situation, OldState} from '../../platform/installed/situation.ts';
import {commandText} from '../../platform/command-text.ts';
import {statePlacesIn} from '../../platform/installed/receipt.ts';
import {look, namesIn} from '../../platform/paths.ts';
import {nothing, type Subject, type Remarks} from '../../platform/service-manager/check.ts';

/** ISO 8601 without its punctuation, to the second: such as `20260301T100000`. */
export const compactTime = (time: string): string => time.replaceAll(/[^\dT]/gu, '').slice(0, 15);

/** The state that gets another program, or that is no longer used; undefined: none. */
const stateInQuestion = (settings: Settings, {facts, existing, site}: Situation): string | undefined => {
	// A state that the new program cannot read is moved aside, and exported by one that can.
	if (!existing.saved || site.oldState !== undefined) return undefined;
	const before = withGiven(defaultSettings({vira: undefined}), existing.saved.given);
	if (site.warnings.some(({code}) => code === 'state-moved')) return stateFolderOf(before, facts);
	const isAnother =
		before.package !== settings.package ||
		site.replacements?.some(({installable}) => installable === settings.package);
	return site.hasDatabase && isAnother ? stateFolderOf(settings, facts) : undefined;
};

/**
 * Backs up Vira's repositories before another program uses its state, or another state is used. If the export fails, the
 * update continues.
 */
export const exportActions = (settings: Settings, situation: Situation): readonly Action[] => {
	const folder = stateInQuestion(settings, situation);
	if (folder === undefined) return [];
	return [
		{
			does: 'save-export',
			command: exportCommand(situation.site.program, folder),
			path: `${folder}/before-update-${compactTime(situation.facts.now)}.json`,
			mode: 0o600,
			why: "back up Vira's repositories, in case its state is damaged",
			mayFail: true,
			onFailure: {message: 'Could not export the repositories.', exit: exitCode.unexpected},
		},
	];
};

/**
 * A running Vira locks its state, and a repository may have been added on its page. So its repositories are read
 * between its stop and its next start.
 */
export const repositoryActions = (settings: Settings, {facts, site}: Situation): readonly Action[] => {
	const folder = stateFolderOf(settings, facts);
	return Object.keys(settings.repositories).length === 0 || site.oldState !== undefined || !site.hasDatabase
		? []
		: [
				{
					does: 'ask-repositories',
					command: exportCommand(site.program, folder),
					database: `${folder}/ViraState`,
					wanted: settings.repositories,
					why: 'check that no repository exists in Vira with another URL',
				},
			];
};

const saveExports = ({keptIn, reader}: OldState): readonly Action[] =>
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
				newFolder(old.keptIn, 'keep the old state there'),
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
				...saveExports(old),
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

/**
 * Names in a new state folder that Vira uses too: if the folder contains no state yet, they belong to someone else.
 * Once Vira uses the folder, they no longer tell anything.
 */
export const findTheirs = async ({
	system,
	settings,
	facts,
	existing: {receipt},
}: Subject): Promise<readonly string[]> => {
	const folder = stateFolderOf(settings, facts);
	const isTaken =
		statePlacesIn(receipt).some(({path}) => path === folder) || receipt?.folders.includes(folder);
	if (isTaken || (await look(system, folder))?.leadsTo !== 'folder') return [];
	const names = await namesIn(system, folder);
	return names === 'hidden' || holdsState(names) ? [] : names.filter(isOfVira).toSorted();
};

/** Vira does not check whether it created them. */
export const remarkOnTheirs = (theirs: readonly string[], {settings, facts}: Subject): Remarks => {
	if (theirs.length === 0) return nothing;
	const folder = stateFolderOf(settings, facts);
	const message = `${folder} contains ${theirs.join(', ')}, but no Vira state. Vira uses the same names and would write into them.`;
	const fixes = [{say: `Use a separate folder, such as ${folder}/vira.`}];
	return {problems: [], warnings: [{code: 'state-shared', option: 'stateDir', message, fixes}]};
};
