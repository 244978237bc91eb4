import type {ServiceOutcome, ServiceCommand, ServiceLeft} from '../../steps/execute/outcome.ts';
import {fixText} from '../../notice.ts';
import {proxyMessage, type ProxyRule} from '../../platform/network/address.ts';
import type {Progress, Verdict} from '../../platform/actions/action.ts';
import {startVira} from '../../platform/service-manager/service-words.ts';
import {documentSchema, failureJson, findingJson, jsonText} from '../scripted/json-text.ts';
import {errorPart, type Document} from '../scripted/document.ts';
import {followInLines} from '../words/progress-lines.ts';
import {type Output, toned} from '../output.ts';
import {printable, wrapSentence} from '../text.ts';
import {failedRunLines, notUndoneLines} from '../error-report.ts';
import {asBefore, simulationOnly} from '../words/phrases.ts';

type ReportManner = Pick<ServiceManner, 'command' | 'simulation' | 'mask' | 'proxy'>;

const changes = (outcome: ServiceOutcome): boolean => {
	if (!('notUndone' in outcome)) return outcome.outcome !== 'unchanged';
	return outcome.undone
		? outcome.notUndone.length > 0 || outcome.left !== 'as-before'
		: outcome.outcome === 'failed' && outcome.changed === true;
};

/** The document of start, stop and restart. */
const serviceDocument = (
	outcome: ServiceOutcome,
	{command, simulation, mask, proxy}: ReportManner,
): Document => {
	const verdict = 'verdict' in outcome ? outcome.verdict : undefined;
	return {
		schema: documentSchema,
		command,
		outcome: outcome.outcome,
		...(simulation && {simulation: true}),
		changed: changes(outcome),
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
	readonly simulation: boolean;
	/** The home folder, which is written `~`. */
	readonly home: string;
	/** Hides the secrets of the settings. */
	readonly mask: (text: string) => string;
	/** What a proxy has to forward, if one is needed. */
	readonly proxy?: ProxyRule | undefined;
}

type Lines = readonly string[];

type Stopped = Pick<Extract<ServiceOutcome, {readonly next: unknown}>, 'next' | 'startable'>;

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

const linesFor = (outcome: ServiceOutcome, proxy: ProxyRule | undefined): Lines => {
	switch (outcome.outcome) {
		case 'started':
			return up(`✔ Vira started${processText(outcome.process)}.`, outcome.verdict, proxy);
		case 'restarted':
			return up(`✔ Vira restarted${processText(outcome.process)}.`, outcome.verdict, proxy);
		case 'stopped':
			return ['✔ Vira stopped.', ...afterStop(outcome)];
		case 'unchanged':
			return 'next' in outcome
				? ['✔ Vira is not running: nothing to stop.', ...afterStop(outcome)]
				: up(`✔ Vira is already running${processText(outcome.process)}.`, outcome.verdict, proxy);
		case 'failed':
			return failedReport(outcome);
		case 'cancelled':
			return ['Cancelled.', ...stateNow(outcome)];
	}
};

/** The final output of start, stop and restart, in plain text; a leading ✔, ! or ✖ marks what a line means. */
const serviceLines = (outcome: ServiceOutcome, {mask, proxy}: Pick<ServiceManner, 'mask' | 'proxy'>): Lines =>
	linesFor(outcome, proxy).map((line) => printable(mask(line)));

const isFailed = ({outcome}: ServiceOutcome): boolean => outcome === 'failed' || outcome === 'cancelled';

export const serviceUi = (output: Output, manner: ServiceManner): ServiceUi => {
	const {home, mask} = manner;
	const report = (line: string): void => output.note(toned(line, output.colour.note));
	return {
		waitFor: (stream) => followInLines(stream, {report: () => undefined, home, mask}),
		follow: (stream) => followInLines(stream, {report, home, mask}),
		conclude: (outcome) => {
			if (manner.quiet && !manner.json && !isFailed(outcome)) return;
			const lines = serviceLines(outcome, manner);
			tell({lines, document: serviceDocument(outcome, manner)}, output, manner);
		},
	};
};

/** The result of a command: lines for a person, and the document that --json prints. */
interface Told {
	readonly lines: readonly string[];
	readonly document: Document;
}

const simulated = ['', simulationOnly];

/** An indented line may be a command to copy, so it is not folded. */
const fitted = (line: string, columns: number | undefined): readonly string[] =>
	columns === undefined || line.startsWith(' ') ? [line] : wrapSentence(line, columns);

/** Prints the result of a command. */
export const tell = (
	{lines, document}: Told,
	{print, colour, columns}: Output,
	{json, simulation}: {readonly json: boolean; readonly simulation: boolean},
): void => {
	const shown = [...lines, ...(simulation ? simulated : [])]
		.flatMap((line) => fitted(line, columns))
		.map((line) => `${toned(line, colour.print)}\n`);
	print(json ? jsonText(document) : shown.join(''));
};
