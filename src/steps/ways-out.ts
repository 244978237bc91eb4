import type {Fix} from '../notice.ts';
import type {Settings} from '../settings/options.ts';
import type {FoundProblem} from '../platform/service-manager/check.ts';

/** The fixes if Vira cannot read its state. In a script, `--allow-state-reset` allows it to be moved aside. */
export const outOfOldState = ({autoResetState}: Settings): readonly [Fix, ...Fix[]] => [
	{
		say: 'shows the plan, then moves the old state aside',
		command: `vira-setup ${autoResetState ? '' : '--auto-reset-state '}--allow-state-reset`,
	},
	{say: 'uses the Vira that created it', command: 'vira-setup --package PATH'},
];

/** The fixes for problems that prevent a start: commands, each with what it does. */
export const waysOut = (problems: readonly FoundProblem[], settings: Settings): readonly Fix[] => {
	const isOf = (reason: FoundProblem['reason']): boolean => problems.some((one) => one.reason === reason);
	const isOther = problems.some(
		({reason}) => reason !== 'schema-mismatch' && reason !== 'repository-conflict',
	);
	return [
		...(isOf('schema-mismatch') ? outOfOldState(settings) : []),
		...(isOther ? [{say: 'changes the settings', command: 'vira-setup'}] : []),
		...(isOf('repository-conflict') && !isOther
			? [{say: 'changes the repositories', command: 'vira-setup'}]
			: []),
	];
};
