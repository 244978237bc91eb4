/** How a turn starts and ends. */
interface Turn<Thing> {
	/** Gets the object that the tasks work on. */
	readonly open: () => Promise<Thing>;
	/** Saves their changes. */
	readonly close: () => Promise<void>;
}

interface Waiting<Thing> {
	/** Never throws. */
	readonly work: (thing: Thing) => Promise<void>;
	/** Passes on the result. */
	readonly settle: () => void;
	/** Passes on an error: the turn could not start or end. */
	readonly fail: (why: unknown) => void;
}

/**
 * Runs tasks one after the other. Tasks that were added meanwhile share a turn, as if nothing else could happen in
 * between; each has its result when the turn is over.
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
