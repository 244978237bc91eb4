import {lossOf, whyUnfit} from './vira-state.ts';
import {serviceFrom, stateFolderOf} from '../service.ts';
import type {RunResult, System} from '../system.ts';
import {isScript, whyNotStarted, type StartFailure} from './programs.ts';
import {look} from '../paths.ts';
import {nothing, problem, together, type Remarks, type Subject} from '../service-manager/check.ts';
import {answerOf} from '../run-result.ts';

/** What a Vira reports about itself. */
interface ViraItself {
	/** As it reports them; undefined: it does not. */
	readonly version: string | undefined;
	readonly revision: string | undefined;
	/** Number of the database format it reads and writes; undefined: it did not respond like Vira. */
	readonly schema: number | undefined;
	/** The text of `vira web --help`; undefined: it did not respond. */
	readonly webHelp: string | undefined;
	/** Why it could not be started; absent: it was started. */
	readonly failure?: StartFailure;
}

const viraLimit = {timeoutMs: 10_000};

/** execvp(3) passes a file that is not a program for this machine to sh, which reports its first line. */
const isReadByShell = (program: string, {exitCode, stderr}: RunResult): boolean =>
	[2, 126, 127].includes(exitCode ?? 0) && stderr.startsWith(`${program}: `);

const failureIn = async (
	system: System,
	program: string,
	result: RunResult,
): Promise<StartFailure | undefined> => {
	const {found, exitCode, notStarted, overflow, timedOut} = result;
	if (!found) return 'no-interpreter';
	if (notStarted !== undefined) return {refused: notStarted};
	if (overflow !== undefined) return undefined;
	if (exitCode === undefined && !timedOut) return 'not-run';
	return isReadByShell(program, result) && !(await isScript(system, program)) ? 'not-run' : undefined;
};

/** Asks the Vira that will run, before anything is written. */
export const askVira = async (system: System, program: string): Promise<ViraItself> => {
	const [info, help] = await Promise.all([
		system.run([program, 'info'], viraLimit),
		system.run([program, 'web', '--help'], viraLimit),
	]);
	const text = answerOf(info) ?? '';
	const schema = /^Schema version:\s*(\d+)\s*$/mu.exec(text)?.[1];
	const failure = await failureIn(system, program, info);
	return {
		...(failure && {failure}),
		version: /^Vira version:\s*(\S+)\s*$/mu.exec(text)?.[1],
		revision: /^Git revision:\s*(\S+)\s*$/mu.exec(text)?.[1],
		schema: schema === undefined ? undefined : Number(schema),
		webHelp: answerOf(help),
	};
};

/** What a Vira must support, checked before anything depends on it. */
export interface ViraQuestion {
	/** Absolute path. */
	readonly program: string;
	/** Its arguments. */
	readonly words: readonly string[];
	readonly stateFolder: string;
	readonly autoResetState: boolean;
}

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

/** What is said about a Vira that would delete the state, and about one that reports no schema version. */
interface Remarking {
	readonly onReset: OnReset;
	readonly onSilence: () => Remarks | Promise<Remarks>;
}

const remarksOn = async (
	system: System,
	question: ViraQuestion,
	{onReset, onSilence}: Remarking,
): Promise<Remarks> => {
	const {program, words} = question;
	const {schema, webHelp, failure} = await askVira(system, program);
	if (failure) return problem('package', await whyNotStarted(system, program, failure));
	if (schema === undefined) return onSilence();
	return together([checkFlags(words, webHelp), await checkState(system, question, {schema, onReset})]);
};

/** Whether Vira supports what is asked of it. Runs it only to read its own information. */
export const remarksOnVira = (system: System, question: ViraQuestion): Promise<Remarks> => {
	const message = `${question.program} does not respond like Vira: "vira info" fails or reports no schema version.`;
	return remarksOn(system, question, {
		onReset: movedAside,
		onSilence: () => problem('package', message),
	});
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
export const checkStart = (program: string, subject: Subject): Promise<Remarks> => {
	const {system} = subject;
	const question = questionFor(program, subject);
	const {stateFolder: folder, autoResetState} = question;
	return remarksOn(system, question, {
		onReset: (loss) => problem('stateDir', loss, 'schema-mismatch'),
		onSilence: async () => {
			if (!autoResetState || !(await look(system, `${folder}/ViraState`))) return nothing;
			const message = `${program} does not report which states it can read ("vira info"), and could delete the one in ${folder}.`;
			return problem('package', message);
		},
	});
};
