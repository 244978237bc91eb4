import type {Complaint} from '../../errors.ts';
import {proxyMessage, type ProxyRule} from '../../platform/address.ts';
import type {Verdict} from '../../steps/progress.ts';
import type {Left, ServiceOutcome} from '../../steps/service-outcome.ts';
import {printable, printableLines} from '../printable.ts';
import type {ServiceManner} from './service-ui.ts';

type Lines = readonly string[];
type Stopped = Pick<Extract<ServiceOutcome, {readonly outcome: 'stopped'}>, 'next' | 'startable'>;
type Failed = Extract<ServiceOutcome, {readonly outcome: 'failed'}>;

const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

const processText = (process: number | undefined): string =>
	process === undefined ? '' : `, process ${process}`;

const up = (headline: string, {url}: Verdict, proxy: ProxyRule | undefined): Lines => [
	headline,
	`  ${url}`,
	...(proxy ? [`  ${proxyMessage(proxy)}`] : []),
];

const afterStop = ({next, startable}: Stopped): Lines => [
	`  ${next.message}`,
	...(startable ? ['  vira-setup start   starts it now'] : []),
];

const complaintLines = ({what, why, next = []}: Complaint): Lines => [
	`✖ ${what}`,
	...indented([...printableLines(why ?? '').filter((line) => line !== ''), ...next]),
];

const leftOver = (notUndone: readonly Complaint[]): Lines => [
	'! Some of it could not be put back:',
	...notUndone.flatMap((one) => indented(complaintLines(one))),
];

const leftTexts: Readonly<Record<Left, string>> = {
	'as-before': 'Everything is as it was before.',
	running: '! It was left running.',
	retrying: '! It is started again and again, by itself. To end that: vira-setup stop',
	stopped: '! It does not run now.',
	unknown: '! Whether it runs now is not known.',
};

const stateNow = ({left, notUndone}: Pick<Failed, 'left' | 'notUndone'>): Lines =>
	notUndone.length > 0 ? leftOver(notUndone) : [leftTexts[left]];

const failed = (outcome: Failed): Lines => {
	const {next = [], log = [], ...rest} = outcome.complaint;
	return [
		...complaintLines(rest),
		...(log.length > 0 ? ['', 'The last lines of its log:', ...indented(log)] : []),
		'',
		...stateNow(outcome),
		...(next.length > 0 ? ['', 'What to do now:', ...indented(next)] : []),
	];
};

const linesFor = (outcome: ServiceOutcome, proxy: ProxyRule | undefined): Lines => {
	switch (outcome.outcome) {
		case 'started':
			return up(`✔ Vira is started${processText(outcome.process)}.`, outcome.verdict, proxy);
		case 'restarted':
			return up(`✔ Vira is started anew${processText(outcome.process)}.`, outcome.verdict, proxy);
		case 'stopped':
			return ['✔ Vira is stopped.', ...afterStop(outcome)];
		case 'unchanged':
			return 'next' in outcome
				? ['✔ Vira does not run: there is nothing to stop.', ...afterStop(outcome)]
				: up(`✔ Vira runs already${processText(outcome.process)}: nothing to do.`, outcome.verdict, proxy);
		case 'failed':
			return failed(outcome);
		case 'cancelled':
			return ['Cancelled.', ...stateNow(outcome)];
	}
};

/** What start, stop and restart end with, in plain text; a line that begins with ✔, ! or ✖ has its meaning there. */
export const serviceLines = (
	outcome: ServiceOutcome,
	{mask, proxy}: Pick<ServiceManner, 'mask' | 'proxy'>,
): Lines => linesFor(outcome, proxy).map((line) => printable(mask(line)));
