import type {Fix} from '../notice.ts';
import {exitCode, SetupError} from '../errors.ts';
import {flags} from '../settings/flags.ts';
import {misgivenText, type Misgiven, type Problem} from '../settings/problem.ts';
import {nameInFile} from '../settings/settings-file.ts';

/** The fix for a wrong option of a command. */
export const seeOptions = (command = 'install'): Fix => ({
	say: 'lists all options',
	command: `vira-setup help ${command}`,
});

const flagOf = ({option}: Problem): string =>
	`--${flags.find((flag) => flag.option === option)?.name ?? option}`;

const textOf = (problem: Misgiven | Problem): string =>
	misgivenText('place' in problem ? problem : {...problem, place: flagOf(problem)});

const settingOf = (problem: Misgiven | Problem): string | null =>
	('setting' in problem ? problem.setting : undefined) ?? null;

/** All problems of the given values in one error. */
export const refusedTogether = (
	problems: readonly (Misgiven | Problem)[],
	fixes: readonly Fix[] = [seeOptions()],
): SetupError =>
	new SetupError({
		message: problems.map(textOf).join('\n'),
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
