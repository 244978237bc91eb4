const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2 problems, 1 warning`; kinds of which there are none are left out, problems only where there are warnings. */
export const countText = ({
	problems,
	warnings,
}: {
	readonly problems: number;
	readonly warnings: number;
}): string =>
	[
		...(problems > 0 ? [counted(problems, 'problem')] : []),
		...(warnings > 0 ? [counted(warnings, 'warning')] : []),
	].join(', ');
