/**
 * Runs some work, yields its output meanwhile, and returns its result. If lines come faster than they are taken, only the
 * newest is kept.
 */
export async function* saying<T>(
	work: (say: (line: string) => void) => Promise<T>,
): AsyncGenerator<string, T> {
	const said: string[] = [];
	const waiting: (() => void)[] = [];
	const wake = (): void => waiting.splice(0).forEach((go) => go());
	const state = {ended: false};
	const working = work((line) => {
		said.splice(0, said.length, line);
		wake();
	});
	const end = (): void => {
		state.ended = true;
		wake();
	};
	void working.then(end, end);
	for (;;) {
		const [line] = said.splice(0);
		if (line !== undefined) yield line;
		else if (state.ended) return working;
		else await new Promise<void>((resolve) => waiting.push(resolve));
	}
}
