import type {Settings} from '../settings/options.ts';
import type {FoundProblem} from '../platform/service-manager/check.ts';

/** The fixes if Vira cannot read its state. In a script, `--allow-state-reset` allows it to be moved aside. */
export const outOfOldState = ({autoResetState}: Settings): readonly [string, ...string[]] => [
	`vira-setup ${autoResetState ? '' : '--auto-reset-state '}--allow-state-reset   shows the plan, then moves the old state aside`,
	'vira-setup --package PATH   uses the Vira that created it',
];

/** The fixes for problems that prevent a start: commands, each with what it does. */
export const waysOut = (problems: readonly FoundProblem[], settings: Settings): readonly string[] => {
	const isOf = (reason: FoundProblem['reason']): boolean => problems.some((one) => one.reason === reason);
	const isOther = problems.some(
		({reason}) => reason !== 'schema-mismatch' && reason !== 'repository-conflict',
	);
	return [
		...(isOf('schema-mismatch') ? outOfOldState(settings) : []),
		...(isOther ? ['vira-setup   changes the settings'] : []),
		...(isOf('repository-conflict') && !isOther ? ['vira-setup   changes the repositories'] : []),
	];
};
