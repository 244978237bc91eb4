import {firstBuildLines, needsFirstBuild, nextLines, openLines} from './open-page.ts';
import {fixText} from '../../notice.ts';
import {exitCode, nothingChanged, type Failure} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {isRemoval, type PreviewedOutcome, type SetupOutcome} from '../../steps/execute/outcome.ts';
import {changesContent, isFileAction} from '../../platform/actions/change-file.ts';
import type {Verdict} from '../../platform/actions/action.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import {commandText} from '../../platform/command-text.ts';
import {foundOn} from '../../platform/vira/programs.ts';
import {defaultSettings} from '../../settings/options.ts';
import {buildText, shortPath} from './describe.ts';
import {failedRunLines, notUndoneLines} from '../error-report.ts';
import {equivalentCommand, asBefore, simulationOnly} from './phrases.ts';
import {printable} from '../text.ts';
import {removalWords} from './removal-words.ts';
import {bootLines, plannedLines} from './planned-changes.ts';

type Lines = readonly string[];

/** What kind of run it was. */
interface RunKind {
	/** Whether the machine was a simulated one. */
	readonly simulation: boolean;
	/** Whether a script started it, which already knows the command. */
	readonly scripted?: boolean;
}

type Failed = Extract<SetupOutcome, {outcome: 'failed'}>;

/** A longer command is not worth reading. */
const longestCommand = 400;

const fromScript = 'Repeat this setup in a script';

/** The command for a script, or how to print it if it is long. */
const repeatLines = ({settings}: Proposal, facts: Facts): Lines => {
	const {text, secrets} = equivalentCommand(settings, defaultSettings(foundOn(facts)));
	if (text.length > longestCommand) return [`${fromScript}:`, '  vira-setup --print-command'];
	const beforehand = secrets.length > 0 ? `, with the secrets in ${secrets.join(', ')}` : '';
	return [`${fromScript}${beforehand}:`, `  ${text}`];
};

/** Problems found by the checks; the boot behavior has its own lines. */
const concernLines = ({findings}: Verdict): Lines =>
	findings
		.filter(({level, code}) => level !== 'ok' && (code === 'running' || code === 'responding'))
		.map(({message}) => `! ${printable(message)}`);

type Done = Extract<SetupOutcome, {outcome: 'installed' | 'updated' | 'unchanged'}>;

/** When Vira starts, if that is not now: in a sentence. */
const startsLater = ({settings}: Proposal, facts: Facts | undefined): string | undefined =>
	facts && managerOf(facts).startsLater(settings);

const openOrLater = (proposal: Proposal, facts: Facts | undefined): Lines => {
	const later = startsLater(proposal, facts);
	const {settings, preview} = proposal;
	return later === undefined
		? [
				...openLines(settings, facts, preview.isLocalHost),
				...(needsFirstBuild(preview) ? ['', ...firstBuildLines(settings, facts, preview.isLocalHost)] : []),
			]
		: [`! ${later}`];
};

/** How to go on. The page and the commands of a simulated machine are not those of this one. */
const onwards = (lines: Lines, simulation: boolean): Lines =>
	simulation
		? ['', 'After a real setup, continue with:', ...lines.map((line) => (line === '' ? '' : `  ${line}`))]
		: ['', ...lines];

const running = (done: Done, facts: Facts | undefined, {simulation, scripted}: RunKind): Lines => {
	const {verdict, proposal} = done;
	return [
		...concernLines(verdict),
		...bootLines(verdict),
		...onwards([...openOrLater(proposal, facts), '', ...nextLines(proposal.settings)], simulation),
		...(facts && !simulation && !scripted ? ['', ...repeatLines(proposal, facts)] : []),
	];
};

/** If the settings are the same as before, the run has fixed what was there, or started it. */
const updated = (proposal: Proposal, facts: Facts | undefined): string => {
	const {actions, preview} = proposal;
	const vira = preview.updates?.find(({isVira}) => isVira);
	const isBack = preview.warnings.some(({code}) => code === 'goes-back');
	if (vira && isBack) return `✔ Vira is as before the update: ${buildText(vira.to)}.`;
	if (vira) return `✔ Vira is updated: ${buildText(vira.to)}.`;
	if (startsLater(proposal, facts) !== undefined) return '✔ The new settings are in place.';
	if (isBack) return '✔ Vira is running with the previous settings.';
	const changed = actions.filter(isFileAction).filter(changesContent);
	if (!facts || changed.some(({path}) => path === filesOf(facts).settings))
		return '✔ Vira is running with the new settings.';
	return actions.some((one) => managerOf(facts).stepOf(one) === 'start')
		? '✔ Vira is running again.'
		: '✔ Vira is set up completely again, and kept running.';
};

/** A Vira that was running before is running again: otherwise that would be among what was not undone. */
const restoredLines = (proposal: Proposal | undefined): Lines => {
	const url = proposal?.preview.urlBefore;
	return [`✔ ${asBefore}`, ...(url === undefined ? [] : [`✔ Vira is running as before. Its URL: ${url}`])];
};

type Undone = Extract<SetupOutcome, {outcome: 'failed' | 'cancelled'}>;

const undoneLines = ({undone, notUndone, ...outcome}: Undone): Lines => {
	const proposal = 'proposal' in outcome ? outcome.proposal : undefined;
	if (notUndone.length > 0) return notUndoneLines(notUndone);
	if (undone) return restoredLines(proposal);
	const isKept = outcome.outcome === 'failed' && (proposal?.actions.length ?? 0) > 0;
	return [isKept ? '! The installation was kept.' : nothingChanged];
};

/** Without a better fix, the service's log shows more. */
const fixLines = ({fixes = [], exit}: Failure, facts: Facts | undefined): Lines =>
	fixes.length === 0 && exit === exitCode.unhealthy && facts
		? [commandText(managerOf(facts).commands.log)]
		: fixes.map(fixText);

const failedConclusion = (outcome: Failed, facts: Facts | undefined, {simulation}: RunKind): Lines =>
	failedRunLines(outcome.failure, {
		log: outcome.failure.log ?? outcome.verdict?.log ?? [],
		left: undoneLines(outcome),
		next: simulation ? [] : fixLines(outcome.failure, facts),
	});

/** The old state, which the person can delete later. */
const keptAside = ({preview}: Proposal, facts: Facts | undefined): Lines => {
	const [, to] = preview.moves[0] ?? [];
	if (to === undefined) return [];
	const folder = shortPath(to.slice(0, to.lastIndexOf('/')), facts?.user.home ?? '');
	return [`! The old state is in ${printable(folder)}. Delete it when you no longer need it.`];
};

const wordsFor = (outcome: PreviewedOutcome, facts: Facts | undefined, kind: RunKind): Lines => {
	if (isRemoval(outcome)) return removalWords(outcome, {home: facts?.user.home ?? '', ...kind});
	switch (outcome.outcome) {
		case 'installed':
			return ['✔ Vira is set up.', ...keptAside(outcome.proposal, facts), ...running(outcome, facts, kind)];
		case 'updated':
			return [
				updated(outcome.proposal, facts),
				...keptAside(outcome.proposal, facts),
				...running(outcome, facts, kind),
			];
		case 'unchanged':
			return ['✔ Already up to date.', ...running(outcome, facts, kind)];
		case 'planned':
			return plannedLines(outcome.proposal, {details: kind.scripted ?? false});
		case 'failed':
			return failedConclusion(outcome, facts, kind);
		case 'cancelled':
			return ['Cancelled.', ...undoneLines(outcome)];
	}
};

const simulated = ([first = '', ...rest]: Lines): Lines => [
	first.replace(/^(?:[✔!✖] )?/u, '$&On the simulated machine: '),
	...rest,
	'',
	simulationOnly,
];

/**
 * The conclusion of a run, in plain text. A line that begins with ✔, ! or ✖ can be colored by the front end. Commands
 * are on lines of their own so that they can be copied. After a simulation, those that fix something are left out: they
 * would not work here.
 */
export const conclusion = (outcome: PreviewedOutcome, facts: Facts | undefined, kind: RunKind): Lines => {
	const words = wordsFor(outcome, facts, kind).map(printable);
	return kind.simulation ? simulated(words) : words;
};
