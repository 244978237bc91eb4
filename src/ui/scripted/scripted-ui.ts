import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {documentOf, type DocumentKind, type Document} from './document.ts';
import {removalDocument, removalEndings} from './removal-document.ts';
import {allChecks} from '../../steps/readiness/readiness.ts';
import {amissOf} from '../form/builds.ts';
import type {BuildCheck} from '../../steps/readiness/build-check.ts';
import {demandReady, readinessLines} from '../reports/readiness-report.ts';
import {fixText} from '../../notice.ts';
import {exitCode, SetupError} from '../../errors.ts';
import {jsonText} from './json-text.ts';
import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import {refusedTogether, refuseAdvice} from '../error-report.ts';
import {neitherFound} from '../../settings/rules.ts';
import type {Misgiven, Problem} from '../../settings/problem.ts';
import {waysToVira} from '../../platform/service-manager/advice.ts';
import {isRemoval, type PreviewedOutcome} from '../../steps/execute/outcome.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import {conclusion} from '../words/conclusion.ts';
import {followInLines, type ProgressReader} from '../words/progress-lines.ts';
import {printable} from '../text.ts';
import type {Question, Ui} from '../ui.ts';

export interface ScriptedOptions {
	/** One line, to standard output. */
	readonly print: (line: string) => void;
	/** One line of progress, to standard error. */
	readonly report: (line: string) => void;
	readonly json: boolean;
	/** Whether only a failure is shown, and what was asked for. */
	readonly quiet: boolean;
	/** Whether only the exit status of a dry run was asked for, if it is quiet. */
	readonly check: boolean;
	/** What could not be read of what the script gave. */
	readonly misgiven: readonly Misgiven[];
	/** Flags by which the script accepts a loss: `overwrite`, `allow-state-reset`. */
	readonly consent: readonly string[];
	/** Whether the script demands that builds can succeed. */
	readonly requireReady: boolean;
	/** Ends the checks of that. */
	readonly signal: AbortSignal;
	/** Whether the machine is a simulated one. */
	readonly simulation: boolean;
	/** Which command of vira-setup runs. */
	readonly command: string;
	/** Whether a terminal shows all lines: then a person reads them. */
	readonly inTerminal: boolean;
}

const isNoVira = (problem: Problem, settings: Settings): boolean =>
	problem.option === 'package' && settings.package === '';

/** Everything at once. A value that could not be read is told where it was given, and nothing more of its option. */
const refuseProblems = (
	misgiven: readonly Misgiven[],
	found: readonly Problem[],
	settings: Settings,
): never => {
	const others = found.filter((one) => misgiven.every(({option}) => option !== one.option));
	const noVira = others.some((one) => isNoVira(one, settings));
	if (noVira && misgiven.length === 0 && others.length === 1) {
		throw new SetupError({
			message: neitherFound,
			fixes: waysToVira,
			exit: exitCode.unsuitable,
		});
	}
	throw refusedTogether([...misgiven, ...others], noVira ? waysToVira : misgiven.length > 0 ? undefined : []);
};

/** What a person accepts in the preview, a script has to say beforehand: nobody's work is lost in silence. */
const neededConsents = [
	{code: 'changed-by-hand', flag: 'overwrite', does: 'replaces it'},
	{code: 'state-reset', flag: 'allow-state-reset', does: 'accepts that'},
] as const;

const demandConsent = (
	{preview}: Proposal,
	{consent: given, command}: Pick<ScriptedOptions, 'consent' | 'command'>,
): void => {
	const repeated = command === 'install' ? 'vira-setup' : `vira-setup ${command}`;

	for (const {code, flag, does} of neededConsents) {
		const warnings = preview.warnings.filter((one) => one.code === code);
		if (warnings.length === 0 || given.includes(flag)) continue;
		throw new SetupError({
			message: warnings.map(({message}) => message).join('\n'),
			fixes: [
				{say: 'shows everything that would be done', command: `${repeated} --dry-run`},
				{say: does, command: `${repeated} --${flag}`},
			],
			exit: exitCode.unsuitable,
		});
	}
};

const shownWarnings = ({actions, preview}: Proposal): readonly string[] =>
	actions.length === 0
		? []
		: preview.warnings.flatMap(({message, fixes = []}) => [
				`! ${printable(message)}`,
				...fixes.map((fix) => `  ${printable(fixText(fix))}`),
			]);

const resultDocument = (outcome: PreviewedOutcome, kind: DocumentKind): Document =>
	isRemoval(outcome) ? removalDocument(outcome, kind) : documentOf(outcome, kind);

/** Checks builds while the settings are checked; who awaits the results gets the error. A quiet run checks nothing. */
const checkAhead = (
	{checkReadiness, start: settings}: Question,
	{json, requireReady, quiet, signal}: ScriptedOptions,
): Promise<readonly BuildCheck[]> | undefined => {
	if (quiet && !json && !requireReady) return undefined;
	const checking = allChecks(checkReadiness, {settings, signal});
	checking.catch(() => undefined);
	return checking;
};

/** What is amiss; the document has all of it. */
const tellReadiness = (
	checks: readonly BuildCheck[],
	{json, requireReady}: Pick<ScriptedOptions, 'json' | 'requireReady'>,
): readonly string[] => {
	if (requireReady) demandReady(checks);
	return json ? [] : readinessLines(amissOf(checks));
};

/** The outcome in a word, for scripts that read it, and all of it in words. */
const outcomeText = (
	outcome: PreviewedOutcome,
	facts: Facts | undefined,
	{simulation, inTerminal}: Pick<ScriptedOptions, 'simulation' | 'inTerminal'>,
): readonly string[] => {
	const words = conclusion(outcome, facts, {simulation, scripted: true});
	const word = isRemoval(outcome) ? removalEndings[outcome.outcome] : outcome.outcome;
	return inTerminal ? words : [word, ...words];
};

/** Whether a quiet run shows how it ended: it failed, or its plan was asked for. */
const isAsked = ({outcome}: PreviewedOutcome, check: boolean): boolean =>
	['failed', 'cancelled', 'removed-in-part'].includes(outcome) ||
	(['planned', 'removal-planned'].includes(outcome) && !check);

/** Nothing of the settings can be looked at then; what could not be read can be told all the same. */
const refusing =
	(misgiven: readonly Misgiven[]): Ui['refuse'] =>
	async (refusals) => {
		if (misgiven.length > 0) throw refusedTogether(misgiven);
		return refuseAdvice(refusals);
	};

/** Never asks: takes the first proposal, or says why there is none. */
export const scriptedUi = (options: ScriptedOptions): Ui => {
	const {print, json, quiet, check, misgiven, inTerminal, ...kind} = options;
	const report = quiet ? () => undefined : options.report;
	let facts: Facts | undefined;
	let readiness: readonly BuildCheck[] | undefined;
	let reader: Omit<ProgressReader, 'report' | 'home'> = {mask: maskLooks};
	return {
		refuse: refusing(misgiven),
		ask: async (question) => {
			facts = question.facts;
			const {start} = question;
			const checking = checkAhead(question, options);
			const proposed = await question.propose(start);
			if (!proposed.good || misgiven.length > 0)
				return refuseProblems(misgiven, proposed.good ? [] : proposed.problems, start);
			const {proposal} = proposed;
			if (!question.dryRun) demandConsent(proposal, options);
			readiness = await checking;
			if (readiness) tellReadiness(readiness, options).forEach(report);
			// The document has them, and so has what is said of a dry run.
			if (!json && !question.dryRun) shownWarnings(proposal).forEach(report);
			reader = {mask: proposal.mask, steps: proposal.preview.steps};
			return proposal;
		},
		askRemoval: async ({facts: known, start, propose}) => {
			facts = known;
			const removal = propose(start);
			reader = {mask: removal.mask};
			return removal;
		},
		follow: (stream) =>
			followInLines(stream, {...reader, report, home: facts?.user.home ?? '', waits: inTerminal}),
		conclude: async (outcome) => {
			if (json) print(jsonText(resultDocument(outcome, {...kind, facts, readiness})).trimEnd());
			else if (!quiet || isAsked(outcome, check))
				for (const line of outcomeText(outcome, facts, options)) print(line);
		},
		close: () => undefined,
	};
};
