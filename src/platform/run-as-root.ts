import type {Command, Lend, RunResult, System} from './system.ts';

/** sudo(8) at its place on macOS and Debian: another program of that name on the PATH would get a password. */
const sudo = (...words: readonly string[]): Command => ['/usr/bin/sudo', ...words];

/** As a person would type it, and as the preview shows it. */
export const asTyped = (command: Command): Command => ['sudo', ...command];

/** sudo(8), -n: if it would have to ask, it exits with status 1 and this message. */
const wouldAsk = ({exitCode, stderr}: RunResult): boolean =>
	exitCode === 1 && /a password is required|a terminal is required/u.test(stderr);

/** How sudo is run. Both keep it in our session, for which it caches the password (sudoers(5), timestamp_type). */
interface Manners {
	readonly silent: (command: Command) => Promise<RunResult>;
	/** With the terminal, at which it may ask. */
	readonly asking: (command: Command) => Promise<RunResult>;
}

/** Runs commands as root. The terminal is lent only if sudo needs a password that is not cached. */
export const runAsRootWith =
	({silent, asking}: Manners, lend: Lend | undefined): System['runAsRoot'] =>
	async (command) => {
		const result = await silent(sudo('-n', '--', ...command));
		if (!lend || !wouldAsk(result)) return result;
		return lend(asTyped(command), () => asking(sudo('--', ...command)));
	};
