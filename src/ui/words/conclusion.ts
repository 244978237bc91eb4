import {runsAfterLogout} from '../../steps/verify/verify.ts';
import {exitCode, type Failure} from '../../errors.ts';
import {proxyFor} from '../../platform/network/address.ts';
import type {Facts} from '../../platform/facts.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {isRemoval, type PreviewedOutcome, type SetupOutcome} from '../../steps/execute/outcome.ts';
import type {Preview} from '../../steps/plan/preview.ts';
import type {Verdict} from '../../platform/actions/progress.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import {commandText} from '../../platform/command-text.ts';
import {foundOn} from '../../platform/vira/find-installed.ts';
import {defaultSettings} from '../../settings/options.ts';
import {holdsSecrets} from '../../settings/secrets.ts';
import {shortPath, yesOrNo} from './describe.ts';
import {failureLines, headed, indented} from './failure-lines.ts';
import {equivalentCommand} from './equivalent-command.ts';
import {printable} from '../printable.ts';
import {removalWords} from './removal-words.ts';
import {asBefore, lastLogLines, notAllUndone, nothingChanged, simulationOnly, whatToDo} from './outcome.ts';
import {plannedChanges, upToDate} from './plan.ts';

type Lines = readonly string[];
/** What kind of run it was. */
export interface Kind {
	/** Whether the machine was a simulated one. */
	readonly simulation: boolean;
	/** Whether a script started it, which already knows the command. */
	readonly scripted?: boolean;
}

type Failed = Extract<SetupOutcome, {outcome: 'failed'}>;

const worthKnowing = (facts: Facts | undefined, {settings}: Proposal): Lines => {
	const commands = facts && managerOf(facts).commands;
	return [
		...(commands ? ['Show its status:', `  ${commandText(commands.status(settings))}`] : []),
		...(commands ? ['Follow the log:', `  ${commandText(commands.followLog)}`] : []),
		'Change the settings:',
		'  vira-setup',
	];
};

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

/** Whether Vira starts at boot and keeps running after logout. */
export const bootLines = (verdict: Pick<Verdict, 'startsAtBoot' | 'survivesLogout'>): Lines => [
	`${verdict.startsAtBoot ? '✔' : '!'} Starts at boot: ${yesOrNo(verdict.startsAtBoot)}`,
	`${verdict.survivesLogout ? '✔' : '!'} ${runsAfterLogout(yesOrNo(verdict.survivesLogout))}`,
];

/** Problems found by the checks; the boot behavior has its own lines. */
const concerns = ({findings}: Verdict): Lines =>
	findings
		.filter(({good, code}) => !good && (code === 'running' || code === 'answering'))
		.map(({message}) => `! ${printable(message)}`);

type Done = Extract<SetupOutcome, {outcome: 'installed' | 'updated' | 'unchanged'}>;

const openLines = ({verdict, proposal: {settings}}: Done): Lines => {
	const proxy = proxyFor(settings);
	return proxy
		? [`Open Vira at ${proxy.path} on your proxy, which must forward that path to:`, `  ${proxy.to}`]
		: ['Open Vira:', `  ${verdict.url}`];
};

const running = (done: Done, facts: Facts | undefined, {simulation, scripted}: Kind): Lines => {
	const {verdict, proposal} = done;
	return [
		...concerns(verdict),
		...bootLines(verdict),
		...(simulation ? [] : ['', ...openLines(done), '', ...worthKnowing(facts, proposal)]),
		...(facts && !simulation && !scripted ? repeatLines(proposal, facts) : []),
	];
};

/** If the settings are the same as before, the run has fixed or started what was there. */
const updated = ({actions, preview}: Proposal, facts: Facts | undefined): string => {
	if (preview.warnings.some(({code}) => code === 'goes-back'))
		return '✔ Vira is running with the previous settings.';
	const settings = facts && filesOf(facts).settings;
	const sameSettings =
		settings !== undefined && !actions.some((one) => 'path' in one && one.path === settings);
	return sameSettings ? '✔ Vira is running again.' : '✔ Vira is running with the new settings.';
};

const changeVerb = {new: 'Create', changed: 'Change', deleted: 'Remove'} as const;

/** Every planned change, one line each. */
export const changesOf = (preview: Preview, home: string): Lines => [
	...preview.folders.map((path) => `Create ${shortPath(path, home)}`),
	...preview.files.map(({change, path, mode}) => `${changeVerb[change]} ${shortPath(path, home)} (${mode})`),
	...preview.moves.map(([from, to]) => `Move ${shortPath(from, home)} to ${shortPath(to, home)}`),
	...preview.commands.map(({command}) => `Run ${commandText(command)}`),
];

/** For an empty plan. */
export const nothingWouldChange = `✔ ${upToDate}`;

const planned = (preview: Preview, facts: Facts | undefined): Lines => {
	if (!preview.changes) return [nothingWouldChange];
	return [
		`${nothingChanged} ${plannedChanges}`,
		...indented(changesOf(preview, facts?.user.home ?? '')),
		...preview.warnings.flatMap(({message, fixes = []}) => [
			`! ${printable(message)}`,
			...indented(fixes.map((one) => printable(one))),
		]),
		...bootLines(preview),
	];
};

const leftOver = (notUndone: readonly Failure[]): Lines =>
	notUndone.length === 0
		? []
		: [
				notAllUndone,
				...notUndone.flatMap((one) => indented([...failureLines(one), ...indented(one.fixes ?? [])])),
			];

const undoneLines = (outcome: {undone: boolean; notUndone: readonly Failure[]}, kept: boolean): Lines => {
	if (outcome.notUndone.length > 0) return leftOver(outcome.notUndone);
	if (outcome.undone) return [`✔ ${asBefore}`];
	return [kept ? '! The installation was kept.' : nothingChanged];
};

/** Without a better fix, the service's log shows more. */
const nextSteps = ({fixes: next = [], exit: code}: Failure, facts: Facts | undefined): Lines =>
	next.length === 0 && code === exitCode.unhealthy && facts
		? [commandText(managerOf(facts).commands.log)]
		: next;

const failed = (outcome: Failed, facts: Facts | undefined, {simulation}: Kind): Lines => {
	const log = outcome.failure.log ?? outcome.verdict?.log ?? [];
	return [
		...failureLines(outcome.failure),
		...headed(
			lastLogLines,
			log.map((line) => printable(line)),
		),
		'',
		...undoneLines(outcome, (outcome.proposal?.actions.length ?? 0) > 0),
		...(simulation ? [] : headed(whatToDo, nextSteps(outcome.failure, facts))),
	];
};

/** The old state, which the person can delete later. */
const keptAside = ({preview}: Proposal, facts: Facts | undefined): Lines => {
	const [, to] = preview.moves[0] ?? [];
	if (to === undefined) return [];
	const folder = shortPath(to.slice(0, to.lastIndexOf('/')), facts?.user.home ?? '');
	return [`! The old state is in ${printable(folder)}. Delete it when you no longer need it.`];
};

const written = (
	{proposal, path}: Extract<SetupOutcome, {outcome: 'written'}>,
	facts: Facts | undefined,
): Lines => [
	`✔ The settings were written to ${printable(shortPath(path, facts?.user.home ?? ''))}. Nothing else was changed.`,
	...(holdsSecrets(proposal.settings) ? ['! It contains secrets in plain text. Only you can read it.'] : []),
	'',
	'Set up Vira with these settings, here or on another machine:',
	`  ${commandText(['vira-setup', '--non-interactive', '--config', path])}`,
	...(facts ? repeatLines(proposal, facts) : []),
];

const wordsFor = (outcome: PreviewedOutcome, facts: Facts | undefined, kind: Kind): Lines => {
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
			return planned(outcome.proposal.preview, facts);
		case 'written':
			return written(outcome, facts);
		case 'failed':
			return failed(outcome, facts, kind);
		case 'cancelled':
			return ['Cancelled.', ...undoneLines(outcome, false)];
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
 * are on lines of their own so that they can be copied. After a simulation there are none: they would not work here.
 */
export const conclusion = (outcome: PreviewedOutcome, facts: Facts | undefined, kind: Kind): Lines => {
	const words = wordsFor(outcome, facts, kind).map(printable);
	return kind.simulation ? simulated(words) : words;
};
