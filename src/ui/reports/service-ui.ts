import {
	wouldChange,
	type ServiceOutcome,
	type ServiceCommand,
	type ServiceLeft,
} from '../../steps/execute/outcome.ts';
import {nothingChanged} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {describeAction} from '../words/describe.ts';
import {planPart} from '../scripted/plan-json.ts';
import {costOf} from '../words/planned-changes.ts';
import {fixText} from '../../notice.ts';
import {proxyMessage, type ProxyRule} from '../../platform/network/address.ts';
import type {Action, Progress, Verdict} from '../../platform/actions/action.ts';
import {startVira} from '../../platform/service-manager/service-words.ts';
import {documentSchema, failureJson, findingJson} from '../scripted/json-text.ts';
import {errorPart, type Document} from '../scripted/document.ts';
import {followInLines} from '../words/progress-lines.ts';
import {type Output, toned} from '../output.ts';
import {printable} from '../text.ts';
import {failedRunLines, notUndoneLines} from '../error-report.ts';
import {tell} from './tell.ts';
import {asBefore, plannedChanges} from '../words/phrases.ts';

type Lines = readonly string[];

const changes = (outcome: ServiceOutcome): boolean => {
	if (outcome.outcome === 'planned') return wouldChange(outcome);
	if (!('notUndone' in outcome)) return outcome.outcome !== 'unchanged';
	return outcome.undone
		? outcome.notUndone.length > 0 || outcome.left !== 'as-before'
		: outcome.outcome === 'failed' && outcome.changed === true;
};

const stepTitles = ({actions, facts}: Pick<ServiceManner, 'actions' | 'facts'>): Lines =>
	actions.map((action) => describeAction(action, facts.user.home));

/** The document of start, stop and restart. */
const serviceDocument = (outcome: ServiceOutcome, manner: ServiceManner): Document => {
	const {command, simulation, mask, proxy, actions, facts} = manner;
	const verdict = 'verdict' in outcome ? outcome.verdict : undefined;
	return {
		schema: documentSchema,
		command,
		outcome: outcome.outcome,
		...(simulation && {simulation: true}),
		changed: changes(outcome),
		...(outcome.outcome === 'planned' && {
			steps: stepTitles(manner),
			interruptsBuilds: outcome.interrupts !== undefined,
		}),
		...planPart({actions, facts, mask}, {givenUp: 'undone' in outcome && outcome.undone}),
		...('process' in outcome && {pid: outcome.process ?? null}),
		...(verdict && {
			url: verdict.url,
			proxy: proxy ?? null,
			startsAtBoot: verdict.startsAtBoot ?? null,
			survivesLogout: verdict.survivesLogout,
			healthy: verdict.healthy,
			findings: verdict.findings.map((one) => findingJson(one, mask)),
		}),
		...('next' in outcome && {nextStart: {when: outcome.next.when, message: outcome.next.message}}),
		...('left' in outcome && {serviceState: outcome.left === 'as-before' ? 'unchanged' : outcome.left}),
		...('notUndone' in outcome && {notUndone: outcome.notUndone.map((one) => failureJson(one, mask))}),
		...(outcome.outcome === 'failed' && {error: errorPart(outcome.failure, mask)}),
	};
};

/** The output of start, stop and restart: progress on standard error, the result on standard output. */
interface ServiceUi {
	follow<T>(stream: AsyncGenerator<Progress, T>): Promise<T>;
	/** The same, without output. */
	waitFor<T>(stream: AsyncGenerator<Progress, T>): Promise<T>;
	conclude(outcome: ServiceOutcome): void;
}

interface ServiceManner {
	readonly command: ServiceCommand;
	readonly json: boolean;
	/** Whether only a failure is shown. */
	readonly quiet: boolean;
	/** Whether the exit status of a dry run says enough, if it is quiet. */
	readonly check: boolean;
	readonly simulation: boolean;
	readonly facts: Facts;
	/** The plan. */
	readonly actions: readonly Action[];
	/** Hides the secrets of the settings. */
	readonly mask: (text: string) => string;
	/** What a proxy has to forward, if one is needed. */
	readonly proxy?: ProxyRule | undefined;
}

type Stopped = Pick<Extract<ServiceOutcome, {readonly next: unknown}>, 'next' | 'startable'>;

type Planned = Extract<ServiceOutcome, {readonly outcome: 'planned'}>;

type Failed = Extract<ServiceOutcome, {readonly outcome: 'failed'}>;

const processText = (process: number | undefined): string =>
	process === undefined ? '' : ` (PID ${process})`;

const up = (headline: string, {url}: Verdict, proxy: ProxyRule | undefined): Lines => [
	headline,
	`  ${url}`,
	...(proxy ? [`  ${proxyMessage(proxy)}`] : []),
];

const afterStop = ({next, startable}: Stopped): Lines => [
	`  ${next.message}`,
	...(startable ? [`  ${fixText(startVira)}`] : []),
];

const leftTexts: Readonly<Record<ServiceLeft, string>> = {
	'as-before': asBefore,
	running: '! Vira was left running.',
	retrying: '! Vira keeps restarting. To stop it: vira-setup stop',
	stopped: '! Vira is not running.',
	unknown: '! It is unknown whether Vira is running.',
};

const stateNow = ({left = 'unknown', notUndone}: Pick<Failed, 'left' | 'notUndone'>): Lines =>
	notUndone.length > 0 ? notUndoneLines(notUndone) : [leftTexts[left]];

const failedReport = (outcome: Failed): Lines => {
	const {fixes = [], log = []} = outcome.failure;
	return failedRunLines(outcome.failure, {log, left: stateNow(outcome), next: fixes.map(fixText)});
};

const alreadyRunning = (process: number | undefined): string =>
	`✔ Vira is already running${processText(process)}.`;

const nothingToStop = '✔ Vira is not running: nothing to stop.';

const linesOfPlan = (outcome: Planned, manner: ServiceManner): Lines => {
	const {command, actions, facts} = manner;
	if (actions.length === 0)
		return [command === 'stop' ? nothingToStop : alreadyRunning(facts.service.mainPid)];
	const cost = costOf(outcome);
	return [
		`${nothingChanged} ${plannedChanges}`,
		...(cost === undefined ? [] : [`! ${cost}`]),
		...stepTitles(manner).map((title) => `  ${title}`),
	];
};

const linesFor = (outcome: ServiceOutcome, manner: ServiceManner): Lines => {
	const {proxy} = manner;
	switch (outcome.outcome) {
		case 'planned':
			return linesOfPlan(outcome, manner);
		case 'started':
			return up(`✔ Vira started${processText(outcome.process)}.`, outcome.verdict, proxy);
		case 'restarted':
			return up(`✔ Vira restarted${processText(outcome.process)}.`, outcome.verdict, proxy);
		case 'stopped':
			return ['✔ Vira stopped.', ...afterStop(outcome)];
		case 'unchanged':
			return 'next' in outcome
				? [nothingToStop, ...afterStop(outcome)]
				: up(alreadyRunning(outcome.process), outcome.verdict, proxy);
		case 'failed':
			return failedReport(outcome);
		case 'cancelled':
			return ['Cancelled.', ...stateNow(outcome)];
	}
};

/** The final output of start, stop and restart, in plain text; a leading ✔, ! or ✖ marks what a line means. */
const serviceLines = (outcome: ServiceOutcome, manner: ServiceManner): Lines =>
	linesFor(outcome, manner).map((line) => printable(manner.mask(line)));

/** Whether a quiet run shows how it ended. */
const isAsked = ({outcome}: ServiceOutcome, {json, check}: ServiceManner): boolean =>
	json || outcome === 'failed' || outcome === 'cancelled' || (outcome === 'planned' && !check);

export const serviceUi = (output: Output, manner: ServiceManner): ServiceUi => {
	const {mask, facts} = manner;
	const {home} = facts.user;
	const report = (line: string): void => output.note(toned(line, output.colour.note));
	return {
		waitFor: (stream) => followInLines(stream, {report: () => undefined, home, mask}),
		follow: (stream) => followInLines(stream, {report, home, mask}),
		conclude: (outcome) => {
			if (manner.quiet && !isAsked(outcome, manner)) return;
			const lines = serviceLines(outcome, manner);
			tell({lines, document: serviceDocument(outcome, manner)}, output, manner);
		},
	};
};
