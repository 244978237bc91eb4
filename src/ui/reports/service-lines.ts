import type {Failure} from '../../errors.ts';
import {proxyMessage, type ProxyRule} from '../../platform/network/address.ts';
import type {Verdict} from '../../platform/actions/progress.ts';
import type {ServiceLeft, ServiceOutcome} from '../../steps/execute/outcome.ts';
import {startVira} from '../../platform/service-manager/usual-fixes.ts';
import {printable, printableLines} from '../printable.ts';
import {asBefore, notAllUndone, lastLogLines, whatToDo} from '../words/outcome.ts';
import type {ServiceManner} from './service-ui.ts';

type Lines = readonly string[];
type Stopped = Pick<Extract<ServiceOutcome, {readonly next: unknown}>, 'next' | 'startable'>;
type Failed = Extract<ServiceOutcome, {readonly outcome: 'failed'}>;

const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

const processText = (process: number | undefined): string =>
	process === undefined ? '' : ` (PID ${process})`;

const up = (headline: string, {url}: Verdict, proxy: ProxyRule | undefined): Lines => [
	headline,
	`  ${url}`,
	...(proxy ? [`  ${proxyMessage(proxy)}`] : []),
];

const afterStop = ({next, startable}: Stopped): Lines => [
	`  ${next.message}`,
	...(startable ? [`  ${startVira}`] : []),
];

const failureLines = ({message: what, detail: why, fixes: next = []}: Failure): Lines => [
	`✖ ${what}`,
	...indented([...printableLines(why ?? '').filter((line) => line !== ''), ...next]),
];

const leftOver = (notUndone: readonly Failure[]): Lines => [
	notAllUndone,
	...notUndone.flatMap((one) => indented(failureLines(one))),
];

const leftTexts: Readonly<Record<ServiceLeft, string>> = {
	'as-before': asBefore,
	running: '! Vira was left running.',
	retrying: '! Vira keeps restarting. To stop it: vira-setup stop',
	stopped: '! Vira is not running.',
	unknown: '! It is unknown whether Vira is running.',
};

const stateNow = ({left = 'unknown', notUndone}: Pick<Failed, 'left' | 'notUndone'>): Lines =>
	notUndone.length > 0 ? leftOver(notUndone) : [leftTexts[left]];

const failed = (outcome: Failed): Lines => {
	const {fixes: next = [], log = [], ...rest} = outcome.failure;
	return [
		...failureLines(rest),
		...(log.length > 0 ? ['', lastLogLines, ...indented(log)] : []),
		'',
		...stateNow(outcome),
		...(next.length > 0 ? ['', whatToDo, ...indented(next)] : []),
	];
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
			return failed(outcome);
		case 'cancelled':
			return ['Cancelled.', ...stateNow(outcome)];
	}
};

/** The final output of start, stop and restart, in plain text; a leading ✔, ! or ✖ marks what a line means. */
export const serviceLines = (
	outcome: ServiceOutcome,
	{mask, proxy}: Pick<ServiceManner, 'mask' | 'proxy'>,
): Lines => linesFor(outcome, proxy).map((line) => printable(mask(line)));
