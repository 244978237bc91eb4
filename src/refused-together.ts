import {exitCode, SetupError} from './errors.ts';
import {flags} from './settings/flags.ts';
import {misgivenText, type Misgiven, type Problem} from './settings/rules.ts';
import {fileName} from './settings/settings-file.ts';

const flagOf = ({option}: Problem): string =>
	`--${flags.find((flag) => flag.option === option)?.name ?? option}`;

const textOf = (problem: Misgiven | Problem): string =>
	misgivenText('place' in problem ? problem : {...problem, place: flagOf(problem)});

const settingOf = (problem: Misgiven | Problem): string | null =>
	('setting' in problem ? problem.setting : undefined) ?? null;

/** Everything that is wrong with what a script gives, in one answer. */
export const refusedTogether = (
	problems: readonly (Misgiven | Problem)[],
	next: readonly string[] = ['vira-setup --help   lists everything.'],
): SetupError =>
	new SetupError({
		what: problems.map(textOf).join('\n'),
		...(next.length > 0 && {next}),
		code: exitCode.usage,
		problems: problems.map((one) => ({
			setting: one.option === undefined ? settingOf(one) : fileName(one.option),
			item: one.item ?? null,
			message: one.message,
		})),
	});
