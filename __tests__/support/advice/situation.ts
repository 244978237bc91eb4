import type {Simulated} from './simulated-shell.ts';

/** A problem on a machine, and every line printed for it. */
export interface Situation<Machine extends Simulated> {
	readonly make: () => Promise<Machine>;
	/** The command after `vira-setup` that reports it. */
	readonly asked: string;
	/** The code of the problem, or the beginning of the error message. */
	readonly problem: string;
	/** Each line that is a command or leads to one. */
	readonly fixes: readonly string[];
	/** What a sentence next to the command requires: the reason has to be fixed first. */
	readonly first?: (machine: Machine) => Promise<unknown>;
	/** The user's answers in the wizard that a plain `vira-setup` opens, as flags. */
	readonly answers?: readonly string[];
	/** The values for words in capitals, such as PATH. */
	readonly values?: Readonly<Record<string, string>>;
	/** The command after `vira-setup` once a line was followed that made another file or folder to be named. */
	readonly then?: string;
	/** Whether all lines are to be typed one after the other, instead of one of them. */
	readonly inOrder?: true;
}
