import {median} from './median.ts';

/** Something that takes time, in milliseconds. */
export type Timed = () => Promise<number>;

export interface Compared {
	/** Median of the times, in milliseconds. */
	readonly ms: number;
	/** Median of the ratios to the measure of the same round. */
	readonly ratio: number;
}

/**
 * Does everything in turns, round after round, so that whatever else the machine does falls on all of it alike. Each is
 * compared with the measure in its own round.
 */
export const sideBySide = async <Name extends string>(
	measure: Timed,
	others: Readonly<Record<Name, Timed>>,
	rounds: number,
): Promise<{readonly ms: number; readonly others: Readonly<Record<Name, Compared>>}> => {
	const names = Object.keys(others) as Name[];
	const times: {readonly own: number; readonly of: Readonly<Record<string, number>>}[] = [];
	// The first round fills the caches of the file system.
	for (let round = 0; round <= rounds; round += 1) {
		const own = await measure();
		const of: Record<string, number> = {};
		for (const name of names) of[name] = await others[name]();
		if (round > 0) times.push({own, of});
	}
	const compared = (name: string): Compared => ({
		ms: median(times.map(({of}) => of[name] ?? Number.NaN)),
		ratio: median(times.map(({own, of}) => (of[name] ?? Number.NaN) / own)),
	});
	return {
		ms: median(times.map(({own}) => own)),
		others: Object.fromEntries(names.map((name) => [name, compared(name)])) as Record<Name, Compared>,
	};
};
