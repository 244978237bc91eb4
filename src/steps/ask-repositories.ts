import {exitCode, SetupError} from '../errors.ts';
import {stateFolderOf} from '../platform/service.ts';
import type {System} from '../platform/system.ts';
import {exportCommand, type Repositories} from '../platform/vira-export.ts';
import type {Settings} from '../settings/options.ts';
import type {Action, AskRepositories, TellImported} from './action.ts';
import {askState} from './checks/known-repositories.ts';
import {conflictsIn, conflictMessage, notAsked} from './checks/repositories.ts';
import {look} from './place.ts';
import type {Finding} from './progress.ts';
import type {Situation} from './situation.ts';

/**
 * While a Vira runs nobody else can read its state, and a repository may have come from its page. So it is asked in the
 * moment between its end and the next start.
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
					why: 'it refuses to start where it has one of a name with another URL',
				},
			];
};

/** Those that Vira has now; undefined where it does not answer. */
const known = async (
	{command, database}: Pick<AskRepositories, 'command' | 'database'>,
	system: System,
): Promise<Repositories | undefined> => ((await look(system, database)) ? askState(system, command) : {});

/**
 * Throws a SetupError where Vira would refuse to start; answers with the action and what Vira had. A Vira that does not
 * answer tells its reason when it starts, and better: it goes on, and that it was not told is said (`leftOpen`).
 */
export const askRepositories = async (action: AskRepositories, system: System): Promise<Action> => {
	const has = await known(action, system);
	if (!has) return {...action, before: undefined};
	const messages = conflictsIn(has, action.wanted).map(([name, url]) => conflictMessage(name, url));
	if (messages.length > 0)
		throw new SetupError({
			what: messages.map((one) => `--repository: ${one}`).join('\n'),
			reason: 'repository-conflict',
			code: exitCode.usage,
		});
	return {...action, before: Object.keys(has)};
};

/** What an action that was done has left unanswered, if anything. */
export const leftOpen = (action: Action): Finding | undefined =>
	action.does === 'ask-repositories' && action.before === undefined
		? {code: 'repositories-not-asked', good: false, message: notAsked}
		: undefined;

const shownNames = 10;

const listed = (names: readonly string[]): string =>
	names.length <= shownNames
		? names.join(', ')
		: `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;

/** What an import has added; undefined: nothing. */
const importedIn = (has: Repositories | undefined, {before, wanted}: TellImported): string | undefined => {
	// Whoever could not be asked before and cannot be asked now can hardly have opened its state in between.
	if (!has) return before && 'Vira may have imported some of the repositories: it does not say which it has.';
	const names = Object.keys(has);
	if (!before) {
		const there = names.filter((name) => Object.hasOwn(wanted, name));
		return there.length === 0
			? undefined
			: `Vira has these repositories, which it may have imported just now: ${listed(there)}.`;
	}
	const added = names.filter((name) => !before.includes(name));
	return added.length === 0 ? undefined : `Vira imported these repositories and kept them: ${listed(added)}.`;
};

/** Throws a SetupError that names what an import has added to Vira, or may have. */
export const tellImported = async (action: TellImported, system: System): Promise<void> => {
	const what = importedIn(await known(action, system), action);
	if (what === undefined) return;
	throw new SetupError({
		what,
		next: ["Those that you do not want can be deleted on Vira's page."],
		code: exitCode.unexpected,
	});
};
