import {askVira} from '../../platform/ask-vira.ts';
import {serviceFrom, stateFolderOf} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import {whyNotStarted} from '../../platform/why-not-run.ts';
import type {ViraQuestion} from '../action.ts';
import {look} from '../place.ts';
import {nothing, problem, together, type Remarks, type Subject} from './check.ts';
import {lossOf, whyUnfit} from './state-schema.ts';

/** A Vira older than a flag would end at once, and start again, and end. */
const unknownFlags = (words: readonly string[], help: string): readonly string[] =>
	words
		.slice(words.indexOf('web') + 1)
		.filter((word) => /^--[a-z\-]+$/u.test(word))
		.filter((flag) => !new RegExp(`(?<![\\w-])${flag}(?![\\w-])`, 'u').test(help));

/** What is to be said where Vira would delete a state; `loss` is a sentence. */
type OnReset = (loss: string) => Remarks;

const movedAside: OnReset = (loss) => ({
	problems: [],
	warnings: [
		{
			code: 'state-reset',
			option: 'autoResetState',
			message: `${loss} They are moved aside instead, and Vira begins without repositories.`,
		},
	],
});

const lost: OnReset = (loss) => problem('stateDir', loss, 'schema-mismatch');

/**
 * Vira deletes its database and the job folders when it starts on a state of another schema with
 * `--auto-reset-state`, and refuses to start without it. Both can be foreseen.
 */
const checkState = async (
	system: System,
	{stateFolder: folder, autoResetState}: ViraQuestion,
	{schema, onReset}: {readonly schema: number; readonly onReset: OnReset},
): Promise<Remarks> => {
	const unfit = await whyUnfit(system, folder, schema);
	if (!unfit) return nothing;
	if (unfit.is === 'unreadable') return problem('stateDir', unfit.message);
	if (!autoResetState) {
		return problem(
			'stateDir',
			`${unfit.message} it would refuse to start. Use another folder, use the Vira that made it, or turn "Reset old database" on: the old state is then moved aside.`,
			'schema-mismatch',
		);
	}
	return onReset(await lossOf(system, unfit, folder));
};

const notChecked: Remarks = {
	problems: [],
	warnings: [
		{
			code: 'options-not-checked',
			option: 'package',
			message:
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
		: problem(
				'package',
				`This Vira does not know ${unknown.join(', ')}. Give a newer one.`,
				'unknown-option',
			);
};

/** What a Vira has said of itself, and what is to be told where it would delete the state. */
interface Said {
	readonly schema: number;
	readonly webHelp: string | undefined;
	readonly onReset: OnReset;
}

const remarksOn = async (
	system: System,
	question: ViraQuestion,
	{webHelp, ...rest}: Said,
): Promise<Remarks> =>
	together([checkFlags(question.words, webHelp), await checkState(system, question, rest)]);

/** Whether a Vira will do what is asked of it. Runs it, for what it says of itself only. */
export const remarksOnVira = async (system: System, question: ViraQuestion): Promise<Remarks> => {
	const {program} = question;
	const {schema, webHelp, failure} = await askVira(system, program);
	if (failure) return problem('package', await whyNotStarted(system, program, failure));
	return schema === undefined
		? problem(
				'package',
				`${program} does not answer like Vira: "vira info" fails, or names no schema version.`,
			)
		: remarksOn(system, question, {schema, webHelp, onReset: movedAside});
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

/**
 * What speaks against a start with these settings, as they are: nothing is moved aside for it. The start of a Vira that
 * does not answer says more than that, unless it could delete a state.
 */
export const checkStart = async (program: string, subject: Subject): Promise<Remarks> => {
	const {system} = subject;
	const question = questionFor(program, subject);
	const {stateFolder: folder, autoResetState} = question;
	const {schema, webHelp, failure} = await askVira(system, program);
	if (failure) return problem('package', await whyNotStarted(system, program, failure));
	if (schema === undefined) {
		if (!autoResetState || !(await look(system, `${folder}/ViraState`))) return nothing;
		const message = `${program} does not say which states it reads ("vira info"), and it could delete the one in ${folder}.`;
		return problem('package', message);
	}
	return remarksOn(system, question, {schema, webHelp, onReset: lost});
};
