import {doctorFix, isRepaired, type Examination} from '../../steps/health/examination.ts';
import {proxyOf} from '../../steps/health/survey.ts';
import type {CheckResult} from '../../steps/health/check-result.ts';
import {toJson} from '../../platform/actions/kinds.ts';
import {fixText} from '../../notice.ts';
import {documentSchema} from '../scripted/json-text.ts';
import {printable, printableLines} from '../printable.ts';
import {noticeJson} from '../scripted/notice.ts';
import type {Document} from '../scripted/document.ts';
import {describeAction} from '../words/describe.ts';
import {countText, lastLogLines} from '../words/phrases.ts';
import {withShortPaths} from './status-rows.ts';

const checkPart = ({fixes = [], ...result}: CheckResult, examination: Examination) =>
	noticeJson({...result, fixes: isRepaired(result, examination) ? [doctorFix, ...fixes] : fixes});

/** Every check of `doctor`; `plan` is what --fix does. */
export const doctorDocument = (
	examination: Examination,
	{simulation, repaired}: {readonly simulation: boolean; readonly repaired: boolean},
): Document => {
	const {results, log, status, repair} = examination;
	return {
		schema: documentSchema,
		command: 'doctor',
		outcome: 'examined',
		...(simulation && {simulation: true}),
		changed: repaired,
		healthy: status.healthy,
		url: status.url ?? null,
		proxy: proxyOf(status) ?? null,
		checks: results.map((result) => checkPart(result, examination)),
		log: log.map(printable),
		plan: repair ? repair.proposal.actions.map((action) => toJson(action, repair.proposal.mask)) : [],
	};
};

type Lines = readonly string[];

const marks = {ok: '✔', warning: '!', error: '✖'} as const;

const headline = (results: readonly CheckResult[]): string => {
	const count = (level: CheckResult['level']): number =>
		results.filter((result) => result.level === level).length;
	const [problems, warnings] = [count('error'), count('warning')];
	const told = countText({problems, warnings});
	if (problems > 0) return `✖ ${told}.`;
	return told === '' ? '✔ No problems.' : `✔ No problems, ${told}.`;
};

const linesOf = (result: CheckResult, examination: Examination): Lines => {
	const {level, message, detail = ''} = result;
	const more = level === 'ok' ? [] : printableLines(detail).filter((line) => line !== '');
	const fixes = isRepaired(result, examination) ? [doctorFix] : (result.fixes ?? []);
	return [
		`${marks[level]} ${message.replace(/\.$/u, level === 'ok' ? '' : '.')}`,
		...more.map((line) => `  ${line}`),
		...fixes.map((fix) => `    ${fixText(fix)}`),
	];
};

const repairLines = ({repair, status, results}: Examination, fixing: boolean): Lines => {
	const isWell = results.every(({level}) => level !== 'error');
	if (!repair) return fixing && !isWell ? ['', 'None of these problems can be fixed automatically.'] : [];
	const {home} = status.facts.user;
	return [
		'',
		'What vira-setup doctor --fix would do:',
		// The receipt is written before and after: one line is enough for both.
		...new Set(repair.proposal.actions.map((action) => `  ${describeAction(action, home)}`)),
	];
};

/** The output of `doctor`: the number of problems, then each check, then what can be fixed. */
export const doctorLines = (examination: Examination, {fix}: {readonly fix: boolean}): Lines => {
	const {results, log, status} = examination;
	return [
		headline(results),
		'',
		...results
			.flatMap((result) => linesOf(result, examination))
			.map((line) => withShortPaths(line, status.facts.user.home)),
		...(log.length > 0 ? ['', lastLogLines, ...log.map((line) => `  ${line}`)] : []),
		...repairLines(examination, fix),
	].map(printable);
};
