const levels = ['Debug', 'Info', 'Warning', 'Error'] as const;

export type Level = (typeof levels)[number];
export type Log = (level: Level, message: string) => void;

/** Logs to stderr what is at least as severe as asked for. */
export const logFrom =
	(least: string): Log =>
	(level, message) => {
		if (levels.indexOf(level) < levels.findIndex((name) => name === least)) return;
		process.stderr.write(`[${level}] ${message}\n`);
	};
