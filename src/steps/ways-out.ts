import type {Settings} from '../settings/options.ts';
import type {FoundProblem} from './checks/check.ts';

/** What leads on where Vira cannot read its state. In a script, `--allow-state-reset` says that it may be moved aside. */
export const outOfOldState = ({autoResetState}: Settings): readonly [string, ...string[]] => [
	`vira-setup ${autoResetState ? '' : '--auto-reset-state '}--allow-state-reset   shows the plan, then moves the old state aside`,
	'vira-setup --package PATH   takes the Vira that made it',
];

/** What leads out of what keeps Vira from being started: commands, each with what it does. */
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
