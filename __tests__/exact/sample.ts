/** How many settings are generated, and from where on: the same for every test of a run that is given one. */
export const count = 2000;
export const seed = Number(process.env['VIRA_SETUP_SEED'] ?? Date.now() % 2 ** 31);

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

const timesOf = (sentences: readonly string[]): ReadonlyMap<string, number> => {
	const times = new Map<string, number>();
	for (const sentence of sentences) times.set(sentence, (times.get(sentence) ?? 0) + 1);
	return times;
};

/** Says how often each sentence refused a value. */
export const printRefused = (sentences: readonly string[]): void => {
	print(`${sentences.length} values in them are refused:`);
	for (const [sentence, times] of [...timesOf(sentences)].toSorted(([, a], [, b]) => b - a))
		print(`${String(times).padStart(7)}  ${sentence}`);
};
