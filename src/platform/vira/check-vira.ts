import {askVira} from './ask-vira.ts';
import {serviceFrom, stateFolderOf} from '../service.ts';
import type {System} from '../system.ts';
import {whyNotStarted} from './why-not-run.ts';
import {findPlace, look, reasonAgainst, namesIn} from '../place.ts';
import {nothing, problem, together, type Remarks, type Subject} from '../service-manager/check.ts';
import {commandText} from '../command-text.ts';
import { cannotRead,isNotA } from '../place.ts';

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
/** Such as `3 job folders`; `at least` if a folder cannot be read. */
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
	/** The content of its file schema-version; undefined if there is none. */
	readonly version: string | undefined;
}
/** The state in the folder, if there is one, or why it cannot be read: a sentence. */
const readState = async (system: System, folder: string): Promise<State | string | undefined> => {
	const path = `${folder}/schema-version`;
	const {nearest, found, missing, hidden} = await findPlace(system, path);
	const allow = (change: string): string => `To allow it: ${commandText(['chmod', change, nearest])}`;
	if (hidden) return `${cannotRead(nearest, await reasonAgainst(system, found, 0o100))} ${allow('u+x')}`;
	if (!(await look(system, `${folder}/ViraState`))) return undefined;
	if (missing.length > 0) return {folder, version: undefined};
	if (found.leadsTo !== 'file')
		return `${isNotA('file', path)} Vira stores its schema version there. Use another folder, or move it aside: ${commandText(['mv', path, `${path}.away`])}`;
	if (found.readable) return {folder, version: (await system.readFile(path, {lossy: true}))?.trim()};
	const why = cannotRead(path, await reasonAgainst(system, found, 0o400));
	const own = found.owner === system.user.uid;
	return own
		? `${why} ${allow('u+r')}`
		: `${why} To take ownership: ${commandText(['sudo', 'chown', system.user.name, path])}`;
};
/** Why Vira cannot use a state: it has another schema, or cannot be read. */

export interface Unfit {
	readonly is: 'other-schema' | 'unreadable';
	readonly message: string;
}
/** undefined: Vira can use the state, or there is none. */

export const whyUnfit = async (
	system: System,
	folder: string,
	schema: number,
): Promise<Unfit | undefined> => {
	// Another check refuses a folder that the user cannot write to.
	if (!(await look(system, folder))?.writable) return undefined;
	const state = await readState(system, folder);
	if (typeof state === 'string') return {is: 'unreadable', message: state};
	if (!state || state.version?.replace(/^0+(?=\d)/u, '') === String(schema)) return undefined;
	const found = state.version ? `schema version ${state.version}` : 'no known schema version';
	return {is: 'other-schema', message: `The state in ${folder} has ${found}, but this Vira needs ${schema}.`};
};
/** What this Vira would do to it with `--auto-reset-state`. */

export const lossOf = async (system: System, {message}: Unfit, folder: string): Promise<string> =>
	`${message} When it starts, it would delete the database and ${await countJobFolders(system, folder)}.`;
