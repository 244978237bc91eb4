import type {CheckResult} from '../../steps/doctor/check-result.ts';
import {isRepaired, type Examination} from '../../steps/doctor/examination.ts';
import {describeAction} from '../describe.ts';
import {printable, printableLines} from '../printable.ts';
import {withShortPaths} from './status-rows.ts';

type Lines = readonly string[];

const marks = {fine: '✔', warning: '!', trouble: '✖'} as const;

const counted = (count: number, one: string, many: string): string =>
	count === 1 ? `1 thing ${one}` : `${count} things ${many}`;

const headline = (results: readonly CheckResult[]): string => {
	const count = (level: CheckResult['level']): number =>
		results.filter((result) => result.level === level).length;
	const [wrong, known] = [count('trouble'), count('warning')];
	const worth = counted(known, 'is worth knowing', 'are worth knowing');
	if (wrong === 0) return known === 0 ? '✔ Nothing is wrong.' : `✔ Nothing is wrong; ${worth}.`;
	const told = counted(wrong, 'is wrong', 'are wrong');
	return known === 0 ? `✖ ${told}.` : `✖ ${told}, and ${worth}.`;
};

const linesOf = (result: CheckResult, examination: Examination): Lines => {
	const {level, message, detail} = result;
	const more = level === 'fine' ? [] : printableLines(detail ?? '').filter((line) => line !== '');
	const fixes = isRepaired(result, examination) ? ['vira-setup doctor --fix   fixes it'] : result.fixes;
	return [
		`${marks[level]} ${message.replace(/\.$/u, level === 'fine' ? '' : '.')}`,
		...more.map((line) => `  ${line}`),
		...fixes.map((line) => `    ${line}`),
	];
};

const repairLines = ({repair, status, results}: Examination, fixing: boolean): Lines => {
	const isWell = results.every(({level}) => level !== 'trouble');
	if (!repair)
		return fixing && !isWell ? ['', 'There is nothing that --fix could do about it by itself.'] : [];
	const {home} = status.facts.user;
	return [
		'',
		'What vira-setup doctor --fix would do, in this order:',
		// The receipt is written before and after: one line for both is enough here.
		...new Set(repair.proposal.actions.map((action) => `  ${describeAction(action, home)}`)),
	];
};

/** What `doctor` says: what is wrong first of all in a line, then each check, then what can be done about it. */
export const doctorLines = (examination: Examination, {fix}: {readonly fix: boolean}): Lines => {
	const {results, log, status} = examination;
	return [
		headline(results),
		'',
		...results
			.flatMap((result) => linesOf(result, examination))
			.map((line) => withShortPaths(line, status.facts.user.home)),
		...(log.length > 0 ? ['', 'The last lines of its log:', ...log.map((line) => `  ${line}`)] : []),
		...repairLines(examination, fix),
	].map(printable);
};
