import {exitCode, SetupError} from '../errors.ts';
import {flags} from '../settings/flags.ts';
import {misgivenText, type Misgiven, type Problem} from '../settings/problem.ts';
import {nameInFile} from '../settings/settings-file.ts';

/** The fix for a command line that is wrong. */
export const helpFix = 'vira-setup --help   lists all commands and options';

const flagOf = ({option}: Problem): string =>
	`--${flags.find((flag) => flag.option === option)?.name ?? option}`;

const textOf = (problem: Misgiven | Problem): string =>
	misgivenText('place' in problem ? problem : {...problem, place: flagOf(problem)});

const settingOf = (problem: Misgiven | Problem): string | null =>
	('setting' in problem ? problem.setting : undefined) ?? null;

/** All problems of the given values in one error. */
export const refusedTogether = (
	problems: readonly (Misgiven | Problem)[],
	next: readonly string[] = [helpFix],
): SetupError =>
	new SetupError({
		what: problems.map(textOf).join('\n'),
		...(next.length > 0 && {next}),
		code: exitCode.usage,
		problems: problems.map((one) => ({
			setting: one.option === undefined ? settingOf(one) : nameInFile(one.option),
			item: one.item ?? null,
			message: one.message,
		})),
	});
