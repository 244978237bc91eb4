/** How a process ended, in the same words whatever service manager reports it: the end of a sentence, without its period. */
export const exitedStatus = (status: number | string): string => `exited with status ${status}`;

/** `signal` is a name or a number. */
export const killedSignal = (signal: number | string): string => `was killed by signal ${signal}`;

/** The same as a sentence. */
export const exitedWith = (status: number | string, what = 'It'): string =>
	`${what} ${exitedStatus(status)}.`;

export const killedBy = (signal: number | string, what = 'It'): string => `${what} ${killedSignal(signal)}.`;
