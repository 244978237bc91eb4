import type {Command, Lend, RunResult, System} from './system.ts';

/** sudo(8) where macOS and Debian have it: one of that name elsewhere on the PATH would be given a password. */
const sudo = (...words: readonly string[]): Command => ['/usr/bin/sudo', ...words];

/** As a person would type it, and reads it in the preview. */
export const asTyped = (command: Command): Command => ['sudo', ...command];

/** sudo(8), -n: it ends with 1 and says so where it would have to ask. */
const wouldAsk = ({exitCode, stderr}: RunResult): boolean =>
	exitCode === 1 && /a password is required|a terminal is required/u.test(stderr);

/** How sudo itself is run. Both leave it in our own session, for which it remembers a password (sudoers(5), timestamp_type). */
export interface Manners {
	readonly silent: (command: Command) => Promise<RunResult>;
	/** With the terminal, at which it may ask. */
	readonly asking: (command: Command) => Promise<RunResult>;
}

/** Runs commands as root. The terminal is lent only where sudo says that it needs a password, and does not remember one. */
export const runAsRootWith =
	({silent, asking}: Manners, lend: Lend | undefined): System['runAsRoot'] =>
	async (command) => {
		const result = await silent(sudo('-n', '--', ...command));
		if (!lend || !wouldAsk(result)) return result;
		return lend(asTyped(command), () => asking(sudo('--', ...command)));
	};
