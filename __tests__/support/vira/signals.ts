/**
 * Ends the process at SIGINT as GHC's runtime does: what is to be done first, then by the same signal, whose default is
 * back. Nothing is done about SIGTERM, which ends the process at once.
 */
export const atInterrupt = (first: () => void): void => {
	process.once('SIGINT', () => {
		first();
		process.kill(process.pid, 'SIGINT');
	});
};

/** Keeps the process running, with or without open ports. */
export const forever = async (): Promise<never> =>
	new Promise(() => {
		setInterval(() => undefined, 2 ** 30);
	});
