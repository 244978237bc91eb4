/** What a turn begins and ends with. */
interface Turn<Thing> {
	/** Gets the thing that the works are done on. */
	readonly open: () => Promise<Thing>;
	/** Keeps what they have made of it. */
	readonly close: () => Promise<void>;
}

interface Waiting<Thing> {
	/** Never throws. */
	readonly work: (thing: Thing) => Promise<void>;
	/** Hands the result on. */
	readonly settle: () => void;
	/** There is none: the turn could not begin or end. */
	readonly fail: (why: unknown) => void;
}

/**
 * Lets one work after the other be done. Those that have gathered meanwhile share a turn, as if nobody else could have
 * come in between; each has its result once the turn is over.
 */
export const inTurns = <Thing>({open, close}: Turn<Thing>) => {
	const waiting: Waiting<Thing>[] = [];
	let busy = false;

	const turn = async (): Promise<void> => {
		const done: Waiting<Thing>[] = [];
		try {
			const thing = await open();
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				done.push(next);
				await next.work(thing);
			}
			await close();
			for (const {settle} of done) settle();
		} catch (error) {
			for (const {fail} of [...done, ...waiting.splice(0)]) fail(error);
		}
	};
	const begin = async (): Promise<void> => {
		if (busy) return;
		busy = true;
		while (waiting.length > 0) await turn();
		busy = false;
	};
	return <T>(doing: (thing: Thing) => Promise<T>): Promise<T> =>
		new Promise<T>((resolve, reject) => {
			let result: Promise<T> | undefined;
			const work = async (thing: Thing): Promise<void> => {
				result = doing(thing);
				await result.catch(() => undefined);
			};
			const settle = (): void => {
				if (result) resolve(result);
			};
			waiting.push({work, settle, fail: reject});
			void begin();
		});
};
