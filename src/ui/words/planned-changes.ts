import {changeLines, summary, costOf} from './summary.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import {fixText} from '../../notice.ts';
import type {Verdict} from '../../platform/actions/progress.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Preview} from '../../steps/plan/preview.ts';
import {runsAfterLogout} from '../../steps/verify/verify.ts';
import {printable} from '../printable.ts';
import {indented} from '../error-report.ts';
import {yesOrNo} from './describe.ts';
import {plannedChanges, upToDate} from './phrases.ts';
import {nothingChanged} from '../../errors.ts';

type Lines = readonly string[];

/** Whether Vira starts at boot and keeps running after logout. */
export const bootLines = ({
	startsAtBoot,
	survivesLogout,
}: Pick<Verdict, 'startsAtBoot' | 'survivesLogout'>): Lines => [
	`${startsAtBoot ? '✔' : '!'} Starts at boot: ${yesOrNo(startsAtBoot)}`,
	`${survivesLogout ? '✔' : '!'} ${runsAfterLogout(yesOrNo(survivesLogout))}`,
];

/** For an empty plan. */
export const nothingWouldChange = `✔ ${upToDate}`;

/** Each warning, with what to do about it below. */
export const warningLines = ({warnings}: Preview): Lines =>
	warnings.flatMap(({message, fixes = []}) => [
		`! ${printable(message)}`,
		...indented(fixes.map((fix) => printable(fixText(fix)))),
	]);

/** What a person decides about: what the service will be, or what changes, what it costs, and each step in words. */
export const decisionLines = (proposal: Proposal): Lines => {
	const {preview} = proposal;
	const cost = costOf(preview);
	return [
		...(preview.first ? [summary(proposal), ''] : []),
		...(preview.changed.length > 0 ? ['Changed settings:', ...indented(changeLines(preview)), ''] : []),
		...(cost === undefined ? [] : [`! ${cost}`, '']),
		'Steps:',
		...indented(preview.steps.map(({title}) => title)),
	];
};

const diffMarks = {same: ' ', added: '+', removed: '-'} as const;

/** The details of a plan: new folders, every file as a diff, then the commands in order. */
export const planText = ({folders, files, moves, commands}: Preview): readonly string[] => [
	...folders.map((path) => `${printable(path)}   new folder`),
	...(folders.length > 0 ? [''] : []),
	...files.flatMap(({path, mode, change, lines, why}) => [
		`${printable(path)}   ${change}, mode ${mode}`,
		...(lines.length === 0 ? [`    ${printable(why)}`] : []),
		...lines.map(({mark, text}) => `  ${diffMarks[mark]} ${printable(text)}`),
		'',
	]),
	...moves.map(([from, to]) => `${printable(from)} → ${printable(to)}`),
	...commands.map(({command, why}) => printable(`$ ${commandText(command)}   # ${why}`)),
	...(commands.length > 0 ? [''] : []),
];

/** The conclusion of a run that only planned. */
export const plannedLines = (proposal: Proposal, {details}: {readonly details: boolean}): Lines => {
	const {preview} = proposal;
	if (!preview.changes) return [nothingWouldChange];
	return [
		`${nothingChanged} ${plannedChanges}`,
		'',
		...decisionLines(proposal),
		'',
		...warningLines(preview),
		...bootLines(preview),
		...(details ? ['', 'Files and commands:', '', ...planText(preview)] : []),
	];
};
