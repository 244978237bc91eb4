/** How a process ended, in the same words whatever service manager reports it. */
export const exitedWith = (status: number | string, what = 'It'): string =>
	`${what} exited with status ${status}.`;

/** `signal` is a name or a number. */
export const killedBy = (signal: number | string, what = 'It'): string =>
	`${what} was killed by signal ${signal}.`;
