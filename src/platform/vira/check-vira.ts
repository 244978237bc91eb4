import {askVira} from './ask-vira.ts';
import {serviceFrom, stateFolderOf} from '../service.ts';
import type {System} from '../system.ts';
import {whyNotStarted} from './why-not-run.ts';
import type {ViraQuestion} from '../actions/action.ts';
import {look} from '../place.ts';
import {nothing, problem, together, type Remarks, type Subject} from '../service-manager/check.ts';
import {lossOf, whyUnfit} from './state-schema.ts';

/** A Vira that does not know an option would exit and be restarted over and over. */
const unknownFlags = (words: readonly string[], help: string): readonly string[] =>
	words
		.slice(words.indexOf('web') + 1)
		.filter((word) => /^--[a-z\-]+$/u.test(word))
		.filter((flag) => !new RegExp(`(?<![\\w-])${flag}(?![\\w-])`, 'u').test(help));

/** The remark if Vira would delete a state; `loss` is a sentence. */
type OnReset = (loss: string) => Remarks;

const movedAside: OnReset = (loss) => ({
	problems: [],
	warnings: [
		{
			code: 'state-reset',
			option: 'autoResetState',
			message: `${loss} vira-setup moves them aside instead, and Vira starts without repositories.`,
		},
	],
});

const lost: OnReset = (loss) => problem('stateDir', loss, 'schema-mismatch');

/**
 * Vira deletes its database and the job folders when it starts on a state of another schema with
 * `--auto-reset-state`, and refuses to start without it. Both can be checked before.
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
			`${unfit.message} It would refuse to start. Use another folder, use the Vira that created it, or turn on "Reset old database": the old state is then moved aside.`,
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
				'This Vira does not respond to "vira web --help": unsupported options are found only when it starts.',
		},
	],
};

/** `help`: of `vira web`; undefined: it did not respond. */
const checkFlags = (words: readonly string[], help: string | undefined): Remarks => {
	if (help === undefined) return notChecked;
	const unknown = unknownFlags(words, help);
	return unknown.length === 0
		? nothing
		: problem(
				'package',
				`This Vira does not support ${unknown.join(', ')}. Use a newer one.`,
				'unknown-option',
			);
};

/** What Vira reports about itself, and the remark if it would delete the state. */
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

/** Whether Vira supports what is asked of it. Runs it only to read its own information. */
export const remarksOnVira = async (system: System, question: ViraQuestion): Promise<Remarks> => {
	const {program} = question;
	const {schema, webHelp, failure} = await askVira(system, program);
	if (failure) return problem('package', await whyNotStarted(system, program, failure));
	return schema === undefined
		? problem(
				'package',
				`${program} does not respond like Vira: "vira info" fails or reports no schema version.`,
			)
		: remarksOn(system, question, {schema, webHelp, onReset: movedAside});
};

/** What the settings need from Vira. */
export const questionFor = (
	program: string,
	{facts, settings}: Pick<Subject, 'facts' | 'settings'>,
): ViraQuestion => ({
	program,
	words: serviceFrom(settings, facts, program).arguments,
	stateFolder: stateFolderOf(settings, facts),
	autoResetState: settings.autoResetState,
});

/** Whether the chosen Vira supports the settings. */
export const checkVira = (program: string, subject: Subject): Promise<Remarks> =>
	remarksOnVira(subject.system, questionFor(program, subject));

/**
 * Problems of a start with these settings; no state is moved aside for it. If Vira does not respond here, starting it
 * shows more, unless it could delete a state.
 */
export const checkStart = async (program: string, subject: Subject): Promise<Remarks> => {
	const {system} = subject;
	const question = questionFor(program, subject);
	const {stateFolder: folder, autoResetState} = question;
	const {schema, webHelp, failure} = await askVira(system, program);
	if (failure) return problem('package', await whyNotStarted(system, program, failure));
	if (schema === undefined) {
		if (!autoResetState || !(await look(system, `${folder}/ViraState`))) return nothing;
		const message = `${program} does not report which states it can read ("vira info"), and could delete the one in ${folder}.`;
		return problem('package', message);
	}
	return remarksOn(system, question, {schema, webHelp, onReset: lost});
};
