import type {Proposal} from '../../steps/plan/propose.ts';
import {fixText} from '../../notice.ts';
import type {Verdict} from '../../platform/actions/action.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Preview} from '../../steps/plan/preview.ts';
import {runsAfterLogout} from '../../steps/verify/verify.ts';
import {printable} from '../text.ts';
import {indented} from '../error-report.ts';
import {yesOrNo, countOf, updateLines, withUnit} from './describe.ts';
import {plannedChanges, upToDate} from './phrases.ts';
import {nothingChanged} from '../../errors.ts';
import {isEverywhere} from '../../settings/warning.ts';
import type {SettingChange, DiffLine} from '../../steps/plan/changes.ts';
import type {Value} from '../../settings/option.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {formatValue} from '../../settings/value.ts';

const listenWords = ({settings: {hostname, port}, preview}: Proposal): string =>
	isEverywhere(hostname)
		? `listen on port ${port} of all addresses (${preview.reachableFrom})`
		: `listen on ${preview.url} (${preview.reachableFrom})`;

const repositoryWords = (count: number): string =>
	count === 0
		? 'build the repositories that you add on its page'
		: `build ${countOf(count, 'repository', 'repositories')}`;

/** What the service will be, in one sentence. */
export const summary = (proposal: Proposal): string => {
	const {settings, preview} = proposal;
	const words = [
		`run as ${preview.runsAs}`,
		listenWords(proposal),
		...(preview.startsAtBoot === true ? ['start at boot'] : []),
		`keep finished jobs ${withUnit('jobRetentionDays', String(settings.jobRetentionDays))}`,
		repositoryWords(Object.keys(settings.repositories).length),
		// Last: elsewhere, what follows would seem to be denied too.
		...(preview.startsAtBoot === false
			? [preview.startsAtLogin ? 'start when you log in, not at boot' : 'not start at boot']
			: []),
	];
	const listed = new Intl.ListFormat('en', {type: 'conjunction'}).format(words);
	return printable(`Vira will ${listed}.`);
};

/** A single value, as people read it. */
const readableValue = (name: OptionName, value: Value): string => {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const text = formatValue(value).join(', ');
	return text === '' ? 'not set' : withUnit(name, text);
};

const named = (verb: string, names: readonly string[]): readonly string[] =>
	names.length > 0 ? [`${verb} ${names.join(', ')}`] : [];

/** `added vira, web; removed old`: values can be long, or secret. */
const itemsText = ({added, changed, removed}: NonNullable<SettingChange['items']>): string =>
	[...named('added', added), ...named('changed', changed), ...named('removed', removed)].join('; ');

const changeText = ({option, from, to, items}: SettingChange): string =>
	items ? itemsText(items) : `${readableValue(option, from)} → ${readableValue(option, to)}`;

/** Each changed setting on a line of its own, such as `Port  5005 → 8443`. */
export const changeLines = ({changed}: Preview): readonly string[] => {
	const width = Math.max(...changed.map(({option}) => optionOf(option).label.length));
	return changed.map((one) => printable(`${optionOf(one.option).label.padEnd(width)}  ${changeText(one)}`));
};

const costs = {
	restart: 'Vira restarts: builds that are running now are interrupted.',
	stop: 'Vira stops: builds that are running now are interrupted.',
} as const;

/** What the change interrupts; undefined: nothing. */
export const costOf = ({interrupts}: Pick<Preview, 'interrupts'>): string | undefined =>
	interrupts && costs[interrupts];

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
		...(preview.updates
			? [
					preview.updates.length === 1 ? 'Another build:' : 'Other builds:',
					...indented(updateLines(preview.updates)),
					'',
				]
			: []),
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

/** How much of a changed line is the same as before, in characters from its beginning and from its end. */
export interface KeptEnds {
	readonly lead: number;
	readonly tail: number;
}

/** Words, such as a value, a tag or a part of a path, and what separates them. */
const wordsIn = (text: string): readonly string[] => text.match(/[^\s"'=:,;/<>]+|[\s"'=:,;/<>]/gu) ?? [];

const lengthOf = (words: readonly string[]): number => words.join('').length;

/** What two lines have in common at their ends, in whole words; undefined: no word, or everything. */
const keptIn = (before: string, after: string): KeptEnds | undefined => {
	const [old, now] = [wordsIn(before), wordsIn(after)];
	const most = Math.min(old.length, now.length);
	let lead = 0;
	while (lead < most && old[lead] === now[lead]) lead += 1;
	let tail = 0;
	while (tail < most - lead && old.at(-tail - 1) === now.at(-tail - 1)) tail += 1;
	const ends = [now.slice(0, lead), now.slice(now.length - tail)] as const;
	const isUseful = before !== after && /[\p{L}\p{N}]/u.test(ends.flat().join(''));
	return isUseful ? {lead: lengthOf(ends[0]), tail: lengthOf(ends[1])} : undefined;
};

/** What stays the same in each removed line of a diff, and in the added line that replaces it. */
export const keptParts = (lines: readonly DiffLine[]): ReadonlyMap<DiffLine, KeptEnds> => {
	const parts = new Map<DiffLine, KeptEnds>();
	let removed: DiffLine[] = [];
	let paired = 0;
	for (const line of lines) {
		if (line.mark === 'same') [removed, paired] = [[], 0];
		if (line.mark === 'removed') removed.push(line);
		const was = line.mark === 'added' ? removed[paired++] : undefined;
		const kept = was && keptIn(printable(was.text), printable(line.text));
		if (kept) parts.set(was, kept).set(line, kept);
	}
	return parts;
};
