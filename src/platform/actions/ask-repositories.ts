import {exitCode, SetupError} from '../../errors.ts';
import {stateFolderOf} from '../service.ts';
import type {System} from '../system.ts';
import {exportCommand, type Repositories} from '../vira/vira-export.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action, AskRepositories, TellImported} from './action.ts';
import {askState} from '../vira/known-repositories.ts';
import {conflictsIn, conflictMessage, notAsked} from '../vira/check-repositories.ts';
import {look} from '../place.ts';
import type {Finding} from './progress.ts';
import type {Situation} from '../installed/situation.ts';

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

/** Those that Vira has now; undefined if it does not respond. */
const known = async (
	{command, database}: Pick<AskRepositories, 'command' | 'database'>,
	system: System,
): Promise<Repositories | undefined> => ((await look(system, database)) ? askState(system, command) : {});

/**
 * Throws a SetupError if Vira would refuse to start; returns the action and what Vira had. A Vira that does not respond
 * shows its reason better when it starts: the plan continues, and `leftOpen` reports it.
 */
export const askRepositories = async (action: AskRepositories, system: System): Promise<Action> => {
	const has = await known(action, system);
	if (!has) return {...action, before: undefined};
	const messages = conflictsIn(has, action.wanted).map(([name, url]) => conflictMessage(name, url));
	if (messages.length > 0)
		throw new SetupError({
			message: messages.map((one) => `--repository: ${one}`).join('\n'),
			reason: 'repository-conflict',
			exit: exitCode.usage,
		});
	return {...action, before: Object.keys(has)};
};

/** What a finished action could not find out, if anything. */
export const leftOpen = (action: Action): Finding | undefined =>
	action.does === 'ask-repositories' && action.before === undefined
		? {level: 'warning', code: 'repositories-not-asked', message: notAsked}
		: undefined;

const shownNames = 10;

const listed = (names: readonly string[]): string =>
	names.length <= shownNames
		? names.join(', ')
		: `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;

/** What an import has added; undefined: nothing. */
const importedIn = (has: Repositories | undefined, {before, wanted}: TellImported): string | undefined => {
	// A Vira that did not respond before or now can hardly have opened its state in between.
	if (!has) return before && 'Vira may have imported some of the repositories, but they could not be listed.';
	const names = Object.keys(has);
	if (!before) {
		const there = names.filter((name) => Object.hasOwn(wanted, name));
		return there.length === 0
			? undefined
			: `Vira may have just imported these repositories: ${listed(there)}.`;
	}
	const added = names.filter((name) => !before.includes(name));
	return added.length === 0 ? undefined : `Vira imported these repositories and kept them: ${listed(added)}.`;
};

/** Throws a SetupError that names what an import has or may have added to Vira. */
export const tellImported = async (action: TellImported, system: System): Promise<void> => {
	const message = importedIn(await known(action, system), action);
	if (message === undefined) return;
	throw new SetupError({
		message,
		fixes: [{say: "Delete those that you do not want on Vira's page."}],
		exit: exitCode.unexpected,
	});
};
