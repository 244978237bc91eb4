import {fixText} from '../../notice.ts';
import type {Verdict} from '../../platform/actions/progress.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Preview} from '../../steps/plan/preview.ts';
import {runsAfterLogout} from '../../steps/verify/verify.ts';
import {printable} from '../printable.ts';
import {indented} from './failure-lines.ts';
import {shortPath, yesOrNo} from './describe.ts';
import {nothingChanged, plannedChanges, upToDate} from './phrases.ts';

type Lines = readonly string[];

/** Whether Vira starts at boot and keeps running after logout. */
export const bootLines = ({
	startsAtBoot,
	survivesLogout,
}: Pick<Verdict, 'startsAtBoot' | 'survivesLogout'>): Lines => [
	`${startsAtBoot ? '✔' : '!'} Starts at boot: ${yesOrNo(startsAtBoot)}`,
	`${survivesLogout ? '✔' : '!'} ${runsAfterLogout(yesOrNo(survivesLogout))}`,
];

const changeWords = {new: 'Create', changed: 'Change', deleted: 'Remove'} as const;

/** Every planned change, one line each. */
export const changesOf = ({folders, files, moves, commands}: Preview, home: string): Lines => [
	...folders.map((path) => `Create ${shortPath(path, home)}`),
	...files.map(({change, path, mode}) => `${changeWords[change]} ${shortPath(path, home)} (${mode})`),
	...moves.map(([from, to]) => `Move ${shortPath(from, home)} to ${shortPath(to, home)}`),
	...commands.map(({command}) => `Run ${commandText(command)}`),
];

/** For an empty plan. */
export const nothingWouldChange = `✔ ${upToDate}`;

/** The conclusion of a run that only planned. */
export const plannedLines = (preview: Preview, home: string): Lines =>
	preview.changes
		? [
				`${nothingChanged} ${plannedChanges}`,
				...indented(changesOf(preview, home)),
				...preview.warnings.flatMap(({message, fixes = []}) => [
					`! ${printable(message)}`,
					...indented(fixes.map((fix) => printable(fixText(fix)))),
				]),
				...bootLines(preview),
			]
		: [nothingWouldChange];

const marks = {same: ' ', added: '+', removed: '-'} as const;

/** A preview as plain lines: every file as a diff, then the commands in order. */
export const planText = ({files, moves, commands}: Preview): readonly string[] => [
	...files.flatMap(({path, mode, change, lines, why}) => [
		`${printable(path)}   ${change}, mode ${mode}`,
		...(lines.length === 0 ? [`    ${printable(why)}`] : []),
		...lines.map(({mark, text}) => `  ${marks[mark]} ${printable(text)}`),
		'',
	]),
	...moves.map(([from, to]) => `${printable(from)} → ${printable(to)}`),
	...commands.map(({command, why}) => printable(`$ ${commandText(command)}   # ${why}`)),
	...(commands.length > 0 ? [''] : []),
];
