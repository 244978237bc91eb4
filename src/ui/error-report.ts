import {type Notice, fixText, type Fix} from '../notice.ts';
import {exitCode, SetupError, type Failure} from '../errors.ts';
import {maskLooks} from '../settings/secrets/mask-looks.ts';
import {maskFailure} from '../platform/actions/action.ts';
import {printable, printableLines} from './text.ts';
import {flags} from '../settings/flags.ts';
import {misgivenText, type Misgiven, type Problem} from '../settings/problem.ts';
import {nameInFile} from '../settings/settings-file.ts';
import {lastLogLines, notAllUndone, whatToDo} from './words/phrases.ts';

/** It quotes input and the output of other programs, so anything that looks like a secret is hidden. */
export const maskedReport = (failure: Failure): Failure => maskFailure(failure, maskLooks);

/** As printed on standard error. */
export const failureText = ({message, detail, fixes, log, exit}: Failure): string =>
	[
		exit === exitCode.cancelled ? message : `vira-setup: ${message}`,
		...(detail ? [detail] : []),
		...(log ?? []).map((line) => `  ${line}`),
		...(fixes ?? []).map((fix) => `  ${fixText(fix)}`),
		'',
	]
		.flatMap((line) => line.split('\n'))
		.map(printable)
		.join('\n');

/** Without a person to ask: fails with every reason why Vira cannot be set up here. */
export const refuseAdvice = ([first, ...others]: readonly Notice[]): never => {
	throw new SetupError({
		message: first?.message ?? '',
		detail: [first?.detail ?? '', ...others.flatMap(({message, detail = ''}) => [message, detail])].join(
			'\n',
		),
		fixes: [first, ...others].flatMap((one) => one?.fixes ?? []),
		exit: exitCode.unsuitable,
	});
};

/** The fix for a wrong option of a command. */
export const seeOptions = (command = 'install'): Fix => ({
	say: 'lists all options',
	command: `vira-setup help ${command}`,
});

const flagOf = ({option}: Problem): string =>
	`--${flags.find((flag) => flag.option === option)?.name ?? option}`;

const problemText = (problem: Misgiven | Problem): string =>
	misgivenText('place' in problem ? problem : {...problem, place: flagOf(problem)});

const settingOf = (problem: Misgiven | Problem): string | null =>
	('setting' in problem ? problem.setting : undefined) ?? null;

/** All problems of the given values in one error. */
export const refusedTogether = (
	problems: readonly (Misgiven | Problem)[],
	fixes: readonly Fix[] = [seeOptions()],
): SetupError =>
	new SetupError({
		message: problems.map(problemText).join('\n'),
		...(fixes.length > 0 && {fixes}),
		exit: exitCode.usage,
		problems: problems.map((one) => ({
			level: 'error',
			code: 'invalid-value',
			setting: one.option === undefined ? settingOf(one) : nameInFile(one.option),
			item: one.item ?? null,
			message: one.message,
		})),
	});

type Lines = readonly string[];

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

/** Lines under a heading; nothing if there are no lines. */
export const headed = (heading: string, lines: Lines): Lines =>
	lines.length === 0 ? [] : ['', heading, ...indented(lines)];

/** What happened and why, for `printable`. */
export const causeLines = ({message, detail = ''}: Failure): Lines => [
	`✖ ${message}`,
	...indented(printableLines(detail).filter((line) => line !== '')),
];

/** What happened, why, and what to do. */
export const failureLines = (failure: Failure): Lines => [
	...causeLines(failure),
	...indented((failure.fixes ?? []).map(fixText)),
];

/** Changes that were not undone. */
export const notUndoneLines = (notUndone: readonly Failure[]): Lines => [
	notAllUndone,
	...notUndone.flatMap((one) => indented(failureLines(one))),
];

interface FailureParts {
	/** The last log lines of the service. */
	readonly log: Lines;
	/** What the failed run left behind. */
	readonly left: Lines;
	readonly next: Lines;
}

/** The conclusion of a run that failed: the cause first, and the log, which can be long, last. */
export const failedRunLines = (failure: Failure, {log, left, next}: FailureParts): Lines => [
	...causeLines(failure),
	...left,
	...headed(whatToDo, next),
	...headed(lastLogLines, log),
];
