import {askVira} from '../../platform/ask-vira.ts';
import {serviceFrom, stateFolderOf} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import type {ViraQuestion} from '../action.ts';
import {look} from '../place.ts';
import {nothing, problem, together, type Remarks, type Subject} from './check.ts';

/** A Vira older than a flag would end at once, and start again, and end. */
const unknownFlags = (words: readonly string[], help: string): readonly string[] =>
	words
		.slice(words.indexOf('web') + 1)
		.filter((word) => /^--[a-z\-]+$/u.test(word))
		.filter((flag) => !new RegExp(`${flag}(?![a-z-])`, 'u').test(help));

const countJobFolders = async (system: System, stateFolder: string): Promise<number> => {
	const workspace = `${stateFolder}/workspace`;
	const repositories = (await system.list(workspace)) ?? [];
	const jobs = await Promise.all(repositories.map((name) => system.list(`${workspace}/${name}/jobs`)));
	return jobs.flatMap((names) => names ?? []).length;
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
	const [database, version] = await Promise.all([
		system.inspect(`${folder}/ViraState`),
		system.readFile(`${folder}/schema-version`),
	]);
	if (!database || Number(version?.trim() || Number.NaN) === schema) return nothing;
	const found = version?.trim() ? `of schema ${version.trim()}` : 'of no known schema';
	const told = `The state in ${folder} is ${found}, this Vira's is ${schema}:`;
	if (!autoResetState) {
		return problem(
			'stateDir',
			`${told} it would refuse to start. Use another folder, use the Vira that made it, or turn "Reset on upgrade" on: the old state is then moved aside.`,
		);
	}
	const jobs = await countJobFolders(system, folder);
	const sentence = `${told} at its start it would delete the database and ${jobs} job folder${jobs === 1 ? '' : 's'}. They are moved aside instead, and Vira begins without repositories.`;
	return {problems: [], warnings: [{code: 'state-reset', option: 'autoResetState', sentence}]};
};

/** Whether a Vira will do what is asked of it. Runs it, for what it says of itself only. */
export const remarksOnVira = async (system: System, question: ViraQuestion): Promise<Remarks> => {
	const {program, words} = question;
	const {schema, webHelp} = await askVira(system, program);
	if (schema === undefined) {
		return problem('package', `${program} does not answer like Vira: "vira info" names no schema version.`);
	}
	const unknown = webHelp === undefined ? [] : unknownFlags(words, webHelp);
	const state = await checkState(system, question, schema);
	if (unknown.length === 0) return state;
	return together([
		problem('package', `This Vira does not know ${unknown.join(', ')}. Give a newer one.`),
		state,
	]);
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
