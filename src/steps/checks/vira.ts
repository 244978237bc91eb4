import {askVira} from '../../platform/ask-vira.ts';
import {commandText} from '../../platform/command-text.ts';
import {serviceFrom, stateFolderOf} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import type {ViraQuestion} from '../action.ts';
import {findPlace, look, namesIn, reasonAgainst} from '../place.ts';
import {nothing, problem, together, type Remarks, type Subject} from './check.ts';

/** A Vira older than a flag would end at once, and start again, and end. */
const unknownFlags = (words: readonly string[], help: string): readonly string[] =>
	words
		.slice(words.indexOf('web') + 1)
		.filter((word) => /^--[a-z\-]+$/u.test(word))
		.filter((flag) => !new RegExp(`(?<![\\w-])${flag}(?![\\w-])`, 'u').test(help));

/** In words: of a folder that this person may not look into nobody knows how many are in it. */
const countJobFolders = async (system: System, stateFolder: string): Promise<string> => {
	const workspace = `${stateFolder}/workspace`;
	const repositories = await namesIn(system, workspace);
	const jobs = await Promise.all(
		(repositories === 'hidden' ? [] : repositories).map((name) =>
			namesIn(system, `${workspace}/${name}/jobs`),
		),
	);
	const count = jobs.flatMap((names) => (names === 'hidden' ? [] : names)).length;
	const least = repositories === 'hidden' || jobs.includes('hidden') ? 'at least ' : '';
	return `${least}${count} job folder${count === 1 ? '' : 's'}`;
};

interface State {
	readonly folder: string;
	/** What its file schema-version says; undefined where it has none. */
	readonly version: string | undefined;
}

/** The state that is in the folder, if there is one, or why it cannot be read: a sentence. */
const readState = async (system: System, folder: string): Promise<State | string | undefined> => {
	const path = `${folder}/schema-version`;
	const {nearest, found, missing, hidden} = await findPlace(system, path);
	const allow = (change: string): string => `Allow it: ${commandText(['chmod', change, nearest])}`;
	if (hidden)
		return `You may not look into ${nearest}: ${await reasonAgainst(system, found, 0o100)}. ${allow('u+x')}`;
	if (!(await look(system, `${folder}/ViraState`))) return undefined;
	if (missing.length > 0) return {folder, version: undefined};
	if (found.leadsTo !== 'file')
		return `${path} is no file: Vira keeps the number of its schema there. Use another folder, or move it away: ${commandText(['mv', path, `${path}.away`])}`;
	if (found.readable) return {folder, version: (await system.readFile(path))?.trim()};
	const why = `You may not read ${path}: ${await reasonAgainst(system, found, 0o400)}.`;
	const own = found.owner === system.user.uid;
	return own
		? `${why} ${allow('u+r')}`
		: `${why} Have it given to you: ${commandText(['sudo', 'chown', system.user.name, path])}`;
};

/**
 * Vira deletes its database and the job folders when it starts on a state of another schema with
 * `--auto-reset-state`, and refuses to start without it. Both can be foreseen.
 */
const checkState = async (
	system: System,
	{stateFolder: folder, autoResetState}: ViraQuestion,
	schema: number,
): Promise<Remarks> => {
	// Another check refuses a folder that is not this person's to write in.
	if (!(await look(system, folder))?.writable) return nothing;
	const state = await readState(system, folder);
	if (typeof state === 'string') return problem('stateDir', state);
	if (!state || state.version?.replace(/^0+(?=\d)/u, '') === String(schema)) return nothing;
	const found = state.version ? `of schema ${state.version}` : 'of no known schema';
	const told = `The state in ${folder} is ${found}, this Vira's is ${schema}:`;
	if (!autoResetState) {
		return problem(
			'stateDir',
			`${told} it would refuse to start. Use another folder, use the Vira that made it, or turn "Reset on upgrade" on: the old state is then moved aside.`,
		);
	}
	const jobs = await countJobFolders(system, folder);
	const sentence = `${told} at its start it would delete the database and ${jobs}. They are moved aside instead, and Vira begins without repositories.`;
	return {problems: [], warnings: [{code: 'state-reset', option: 'autoResetState', sentence}]};
};

const notChecked: Remarks = {
	problems: [],
	warnings: [
		{
			code: 'options-not-checked',
			option: 'package',
			sentence:
				'This Vira does not answer "vira web --help": whether it knows all of the options shows when it starts.',
		},
	],
};

/** `help`: of `vira web`; undefined: it did not answer. */
const checkFlags = (words: readonly string[], help: string | undefined): Remarks => {
	if (help === undefined) return notChecked;
	const unknown = unknownFlags(words, help);
	return unknown.length === 0
		? nothing
		: problem('package', `This Vira does not know ${unknown.join(', ')}. Give a newer one.`);
};

/** Whether a Vira will do what is asked of it. Runs it, for what it says of itself only. */
export const remarksOnVira = async (system: System, question: ViraQuestion): Promise<Remarks> => {
	const {program, words} = question;
	const {schema, webHelp} = await askVira(system, program);
	if (schema === undefined) {
		return problem(
			'package',
			`${program} does not answer like Vira: "vira info" fails, or names no schema version.`,
		);
	}
	return together([checkFlags(words, webHelp), await checkState(system, question, schema)]);
};

/** What the settings ask of a Vira. */
export const questionFor = (
	program: string,
	{facts, settings}: Pick<Subject, 'facts' | 'settings'>,
): ViraQuestion => ({
	program,
	words: serviceFrom(settings, facts, program).arguments,
	stateFolder: stateFolderOf(settings, facts),
	autoResetState: settings.autoResetState,
});

/** Whether the chosen Vira will do what the settings ask of it. */
export const checkVira = (program: string, subject: Subject): Promise<Remarks> =>
	remarksOnVira(subject.system, questionFor(program, subject));
