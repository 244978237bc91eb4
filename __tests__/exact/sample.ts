/** How many settings are generated, and from where on: the same for every test of a run that is given one. */
export const count = 2000;
export const seed = Number(process.env['VIRA_SETUP_SEED'] ?? Date.now() % 2 ** 31);

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

const timesOf = (messages: readonly string[]): ReadonlyMap<string, number> => {
	const times = new Map<string, number>();
	for (const message of messages) times.set(message, (times.get(message) ?? 0) + 1);
	return times;
};

/** Says how often each sentence refused a value. */
export const printRefused = (messages: readonly string[]): void => {
	print(`${messages.length} values in them are refused:`);
	for (const [message, times] of [...timesOf(messages)].toSorted(([, a], [, b]) => b - a))
		print(`${String(times).padStart(7)}  ${message}`);
};
