/** Why systemd reports a failed service: the same sentences for the state of the unit and for the lines of its log. */
export const programUnusable = "systemd could not run Vira's program (exit status 203).";

export const notPrepared = (status: number | string): string =>
	`systemd could not set up the process for Vira (exit status ${status}).`;

export const gaveUp = 'Vira failed too often, so systemd stopped restarting it.';

export const outOfMemory = 'The kernel killed Vira: out of memory.';
