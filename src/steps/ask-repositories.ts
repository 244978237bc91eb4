import {exitCode, SetupError} from '../errors.ts';
import {stateFolderOf} from '../platform/service.ts';
import {exportCommand} from '../platform/vira-export.ts';
import type {System} from '../platform/system.ts';
import type {Settings} from '../settings/options.ts';
import type {Action, AskRepositories} from './action.ts';
import {askState, conflictsIn, conflictSentence} from './checks/repositories.ts';
import type {Situation} from './situation.ts';

/**
 * While a Vira runs nobody else can read its state, and a repository may have come from its page. So it is asked in the
 * moment between its end and the next start.
 */
export const repositoryActions = (settings: Settings, {facts, site}: Situation): readonly Action[] =>
	Object.keys(settings.repositories).length === 0 || site.oldState !== undefined || !site.hasDatabase
		? []
		: [
				{
					does: 'ask-repositories',
					command: exportCommand(site.program, stateFolderOf(settings, facts)),
					wanted: settings.repositories,
					why: 'it refuses to start where it has one of a name with another URL',
				},
			];

/** A Vira that does not answer tells its reason when it starts, and better. */
export const demandNoConflict = async ({command, wanted}: AskRepositories, system: System): Promise<void> => {
	const known = (await askState(system, command)) ?? {};
	const sentences = conflictsIn(known, wanted).map(([name, url]) =>
		conflictSentence(name, url, "remove it on Vira's page first"),
	);
	if (sentences.length > 0)
		throw new SetupError({
			what: sentences.map((one) => `--repository: ${one}`).join('\n'),
			code: exitCode.usage,
		});
};
