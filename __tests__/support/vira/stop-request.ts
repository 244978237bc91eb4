/** Resolves at SIGTERM or SIGINT; until then the process keeps running, with or without open ports. */
export const stopRequest = async (): Promise<string> =>
	new Promise((resolve) => {
		const keepsRunning = setInterval(() => undefined, 2 ** 30);
		for (const signal of ['SIGTERM', 'SIGINT'] as const) {
			process.on(signal, () => {
				clearInterval(keepsRunning);
				resolve(signal);
			});
		}
	});
