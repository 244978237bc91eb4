/** One thing that was found about the machine, and what follows from it. */
export type Advice = Fine | Choice | Warned | Refusal;

interface Told {
	readonly code: string;
	/** One sentence. */
	readonly title: string;
}

export interface Fine extends Told {
	readonly level: 'fine';
}

/** A decision to take on the first screen; it sets an option. The first answer is the one most people want. */
export interface Choice extends Told {
	readonly level: 'choice';
	readonly option: 'linger';
	readonly answers: readonly {readonly value: boolean; readonly label: string; readonly detail: string}[];
	readonly consequence: string;
	readonly mend: readonly string[];
}

/** Legal, but with a consequence that one should know. */
export interface Warned extends Told {
	readonly level: 'warning';
	readonly consequence: string;
	readonly mend: readonly string[];
}

/** The machine cannot do it as it is. `mend` are sentences or commands to copy. */
export interface Refusal extends Told {
	readonly level: 'refusal';
	readonly consequence: string;
	readonly mend: readonly string[];
}
