import type {Simulated} from './simulated-shell.ts';

/** Something that is wrong on a machine, and all that is printed against it. */
export interface Situation<Machine extends Simulated> {
	readonly make: () => Promise<Machine>;
	/** What is typed after `vira-setup`, that tells of it. */
	readonly asked: string;
	/** The code of what is wrong, or what the sentence of the error begins with. */
	readonly problem: string;
	/** Each line that is a command or leads to one. */
	readonly fixes: readonly string[];
	/** What a sentence beside the command asks for: the reason has to be gone first. */
	readonly first?: (machine: Machine) => Promise<unknown>;
	/** What the person answers in the wizard that a plain `vira-setup` opens, as flags. */
	readonly answers?: readonly string[];
	/** What stands for words in capitals, such as PATH. */
	readonly values?: Readonly<Record<string, string>>;
	/** What is typed after `vira-setup` once a line was followed, where that made another file or folder to be named. */
	readonly then?: string;
	/** Whether the lines are to be typed one after the other, and not one of them. */
	readonly inOrder?: true;
}
