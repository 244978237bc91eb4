import {exitCode, SetupError} from '../../errors.ts';
import {doesNotExist, look} from '../paths.ts';
import type {Command, System} from '../system.ts';
import {conflictMessage, conflictsIn, notAsked, askState} from '../vira/check-repositories.ts';
import type {Repositories} from '../vira/vira-state.ts';
import {performing, shownByCommand, type ActionKind} from './action-kind.ts';
import type {Fix} from '../../notice.ts';
import {remarksOnVira, type ViraQuestion} from '../vira/check-vira.ts';

interface RepositoryQuestion {
	/** Of `vira export`. */
	readonly command: Command;
	/** Absolute path of the database: without one, Vira has no repositories, and asking would create one. */
	readonly database: string;
	/** Clone URLs by name. */
	readonly wanted: Readonly<Record<string, string>>;
	/** The names that Vira had; undefined if it did not respond, absent before it was asked. */
	readonly before?: readonly string[] | undefined;
	readonly why: string;
}

/** Asks a stopped Vira for its repositories, and fails if it has a wanted one with another URL. */
export interface AskRepositories extends RepositoryQuestion {
	readonly does: 'ask-repositories';
}

/**
 * Fails if Vira has more repositories than before: an import adds those without conflicts, and they remain when the rest
 * is undone.
 */
export interface TellImported extends RepositoryQuestion {
	readonly does: 'tell-imported';
}

/** Those that Vira has now; undefined if it does not respond. */
const known = async (
	{command, database}: RepositoryQuestion,
	system: System,
): Promise<Repositories | undefined> => ((await look(system, database)) ? askState(system, command) : {});

/**
 * Throws a SetupError if Vira would refuse to start. A Vira that does not respond shows its reason better when it starts:
 * the plan continues, and it is reported that Vira was not asked.
 */
const askRepositories = async (action: AskRepositories, system: System): Promise<AskRepositories> => {
	const has = await known(action, system);
	if (!has) return {...action, before: undefined};
	const messages = conflictsIn(has, action.wanted).map(([name, url]) => conflictMessage(name, url));
	if (messages.length === 0) return {...action, before: Object.keys(has)};
	throw new SetupError({
		message: messages.map((one) => `--repository: ${one}`).join('\n'),
		reason: 'repository-conflict',
		exit: exitCode.usage,
	});
};

export const askRepositoriesKind: ActionKind<AskRepositories, TellImported> = {
	perform: askRepositories,
	// After an action that failed, there was no import.
	inverse: (action) =>
		'before' in action
			? {...action, does: 'tell-imported', why: 'find repositories that a failed import has added'}
			: undefined,
	describe: () => 'List the repositories that Vira has',
	...shownByCommand,
	unanswered: (action) =>
		action.before === undefined
			? {level: 'warning', code: 'repositories-not-asked', message: notAsked}
			: undefined,
};

const shownNames = 10;

const nameList = (names: readonly string[]): string => {
	const more = names.length - shownNames;
	return names.slice(0, shownNames).join(', ') + (more > 0 ? ` and ${more} more` : '');
};

/** What an import has added; undefined: nothing. */
const importedIn = (has: Repositories | undefined, {before, wanted}: TellImported): string | undefined => {
	// A Vira that did not respond before or now can hardly have opened its state in between.
	if (!has) return before && 'Vira may have imported some of the repositories, but they could not be listed.';
	const isNew = (name: string) => (before ? !before.includes(name) : Object.hasOwn(wanted, name));
	const added = Object.keys(has).filter(isNew);
	if (added.length === 0) return undefined;
	return before
		? `Vira imported these repositories and kept them: ${nameList(added)}.`
		: `Vira may have just imported these repositories: ${nameList(added)}.`;
};

export const tellImportedKind: ActionKind<TellImported> = {
	perform: performing(async (action, system) => {
		const message = importedIn(await known(action, system), action);
		if (message === undefined) return;
		throw new SetupError({
			message,
			fixes: [{say: "Delete those that you do not want on Vira's page."}],
			exit: exitCode.unexpected,
		});
	}),
	describe: () => 'Check which repositories Vira has added',
	toJson: shownByCommand.toJson,
};

/** Checks a Vira that did not exist when the plan was made. */
export interface AskVira extends ViraQuestion {
	readonly does: 'ask-vira';
	/** The fixes if it would delete a state that it cannot read. */
	readonly toKeepState: readonly Fix[];
	readonly why: string;
}

/** Before the running service is touched: only a plan made with an existing Vira can keep a state. */
const demandSuitableVira = async (question: AskVira, system: System): Promise<void> => {
	const {program} = question;
	if (!(await system.inspect(program))?.executable) {
		throw new SetupError({
			message: `The package that was built has no bin/vira: ${doesNotExist(program)}`,
			fixes: [{say: 'Use a package that has one: --package github:juspay/vira'}],
			exit: exitCode.usage,
		});
	}
	const {problems, warnings} = await remarksOnVira(system, question);
	if (problems.length > 0) {
		const message = problems.map((problem) => problem.message).join('\n');
		throw new SetupError({message, exit: exitCode.usage});
	}
	if (!warnings.some(({code}) => code === 'state-reset')) return;
	throw new SetupError({
		message: `Vira was built, but it cannot read the state in ${question.stateFolder} and would delete it when it starts.`,
		detail: 'vira-setup can move such a state aside only if it knows about it before it begins.',
		fixes: question.toKeepState,
		exit: exitCode.unsuitable,
	});
};

export const askViraKind: ActionKind<AskVira> = {
	perform: performing(demandSuitableVira),
	describe: () => 'Check what the new Vira supports',
	toJson: ({program, why}) => ({program, why}),
};
