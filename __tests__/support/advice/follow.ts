import {onlyShows, problemsOf, stepsIn, type Problem} from './fixes.ts';
import {typeLine, type Simulated} from './simulated-shell.ts';
import type {Situation} from './situation.ts';

/** The lines with a command among those printed for the problem. */
export const printedIn = <Machine extends Simulated>(
	problems: readonly Problem[],
	{problem}: Situation<Machine>,
): readonly string[] => {
	const told = problems.filter(({name}) => name.includes(problem));
	return [...new Set(told.flatMap(({fixes}) => fixes.filter((line) => stepsIn(line).length > 0)))];
};

/** A step as the user types it, with the words in capitals replaced, or the wizard answered. */
const asTyped = (
	step: string,
	{values = {}, answers = []}: Pick<Situation<Simulated>, 'values' | 'answers'>,
): string => {
	const filled = Object.entries(values).reduce(
		(text, [name, value]) => text.replace(new RegExp(String.raw`\b${name}\b`, 'u'), value),
		step,
	);
	return filled === 'vira-setup' ? [filled, ...answers].join(' ') : filled;
};

/** The result of lines that were typed on a machine of their own. */
export interface Followed {
	readonly lines: readonly string[];
	/** Commands that failed, with their output. */
	readonly failed: readonly string[];
	/** Whether the problem is still reported. */
	readonly isLeft: boolean;
}

const followOn = async <Machine extends Simulated>(
	lines: readonly string[],
	situation: Situation<Machine>,
): Promise<Followed> => {
	const machine = await situation.make();
	await problemsOf(machine, situation.asked);
	await situation.first?.(machine);
	const failed: string[] = [];
	const then = situation.then === undefined ? [] : [`vira-setup ${situation.then}`];
	for (const step of [...lines.flatMap(stepsIn), ...then]) {
		const {exitCode, said} = await typeLine(machine, asTyped(step, situation));
		// A status of 1 is how status and doctor report a Vira that is not running.
		const isWell = exitCode === 0 || (exitCode === 1 && lines.every(onlyShows));
		if (!isWell) failed.push(`${step}: ${exitCode ?? ''} ${said}`);
	}
	const left = await problemsOf(machine, situation.then ?? situation.asked);
	return {lines, failed, isLeft: left.some(({name}) => name.includes(situation.problem))};
};

/** Variables of a simulated machine are those that it was made with, and it has no switches of the kernel. */
export const isElsewhere = (line: string): boolean => /XDG_STATE_HOME=|sudo sysctl /u.test(line);

/** Follows each printed fix on a machine of its own, or all of them in order on one. */
export const follow = async <Machine extends Simulated>(
	situation: Situation<Machine>,
): Promise<{readonly printed: readonly string[]; readonly followed: readonly Followed[]}> => {
	const printed = printedIn(await problemsOf(await situation.make(), situation.asked), situation);
	const here = printed.filter((line) => !isElsewhere(line));
	const ways = situation.inOrder ? [here] : here.map((line) => [line]);
	const followed: Followed[] = [];
	for (const lines of ways) followed.push(await followOn(lines, situation));
	return {printed, followed};
};

/** Whether it did its job: the problem is fixed, or it was only meant to show something. */
export const isGood = ({lines, failed, isLeft}: Followed): boolean =>
	failed.length === 0 && (!isLeft || lines.every(onlyShows));
