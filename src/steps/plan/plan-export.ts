import {exitCode} from '../../errors.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {exportCommand} from '../../platform/vira/vira-export.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import type {Action} from '../../platform/actions/action.ts';
import {compactTime} from './compact-time.ts';
import type {Situation} from '../../platform/installed/situation.ts';

/** The state that gets another program, or that is no longer used; undefined: none. */
const stateInQuestion = (settings: Settings, {facts, existing, site}: Situation): string | undefined => {
	// A state that the new program cannot read is moved aside, and exported by one that can.
	if (!existing.saved || site.oldState !== undefined) return undefined;
	const before = withGiven(defaultSettings({vira: undefined}), existing.saved.given);
	if (site.warnings.some(({code}) => code === 'state-moved')) return stateFolderOf(before, facts);
	return site.hasDatabase && before.package !== settings.package ? stateFolderOf(settings, facts) : undefined;
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
