import {onlyShows, problemsOf, stepsIn, type Problem} from './fixes.ts';
import {typeLine, type Simulated} from './simulated-shell.ts';
import type {Situation} from './situation.ts';

/** Of what is printed against the problem, the lines with a command. */
export const printedIn = <Machine extends Simulated>(
	problems: readonly Problem[],
	{problem}: Situation<Machine>,
): readonly string[] => {
	const told = problems.filter(({name}) => name.includes(problem));
	return [...new Set(told.flatMap(({fixes}) => fixes.filter((line) => stepsIn(line).length > 0)))];
};

/** A step as the person types it who has put in what is meant by words in capitals, or answers the wizard. */
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

/** What came of lines that were typed at a machine of their own. */
export interface Followed {
	readonly lines: readonly string[];
	/** Commands that ended otherwise than well, with what they said. */
	readonly failed: readonly string[];
	/** Whether the problem is told again. */
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
		// A status of 1 is what status and doctor say of a Vira that does not run.
		const isWell = exitCode === 0 || (exitCode === 1 && lines.every(onlyShows));
		if (!isWell) failed.push(`${step}: ${exitCode ?? ''} ${said}`);
	}
	const left = await problemsOf(machine, situation.then ?? situation.asked);
	return {lines, failed, isLeft: left.some(({name}) => name.includes(situation.problem))};
};

/** Variables of a simulated machine are those that it was made with, and it has no switches of the kernel. */
export const isElsewhere = (line: string): boolean => /XDG_STATE_HOME=|sudo sysctl /u.test(line);

/** Follows each way that is printed on a machine of its own, or all of them in order on one. */
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

/** Whether it did what it was printed for: the problem is gone, or it was to show something only. */
export const isGood = ({lines, failed, isLeft}: Followed): boolean =>
	failed.length === 0 && (!isLeft || lines.every(onlyShows));
