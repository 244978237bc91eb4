import type {Facts} from '../platform/facts.ts';
import type {Advice, Refusal} from '../steps/advice.ts';
import type {CompletePath} from '../steps/complete-path.ts';
import type {Outcome} from '../steps/outcome.ts';
import type {RemovalChoices} from '../steps/plan-removal.ts';
import type {Progress} from '../steps/progress.ts';
import type {ProposeRemoval, RemovalProposal} from '../steps/propose-removal.ts';
import type {Accepted, Propose} from '../steps/propose.ts';
import type {Lend} from '../platform/system.ts';
import type {Menu} from './menu.ts';
import type {Output} from './output.ts';
import type {Settings} from '../settings/options.ts';

export interface Question {
	readonly facts: Facts;
	readonly advice: readonly Advice[];
	/** What the form starts from: defaults, saved settings and what was given, in this order. */
	readonly start: Settings;
	/** What is installed, as far as this version knows it; absent where nothing is. */
	readonly saved?: Settings;
	/** Where the person has said already that they want to go: past what the machine has to say. */
	readonly begin?: 'options' | 'preview';
	/** Whether something is installed already. */
	readonly again: boolean;
	/** Looks at what the settings name, and plans; changes nothing. */
	readonly propose: Propose;
	/** How a path that is being typed can go on. */
	readonly complete: CompletePath;
	/** Whether accepting ends the run without applying (`--dry-run`). */
	readonly dryRun: boolean;
}

export interface RemovalQuestion {
	readonly facts: Facts;
	/** What is decided unless the person decides otherwise. */
	readonly start: RemovalChoices;
	/** Plans; changes nothing. */
	readonly propose: ProposeRemoval;
	/** Whether accepting ends the run without applying (`--dry-run`). */
	readonly dryRun: boolean;
}

/**
 * A way to talk to whoever started the program. Every method may throw Cancelled when the person ends the run; the
 * signal of the request is then aborted as well.
 */
export interface Ui {
	/** Shows at once that the machine is being looked at, where that takes a screen. */
	readonly begin?: () => void;
	/** The machine cannot do it: says why. True: the person would like to try it on a simulated machine. */
	refuse(refusals: readonly Refusal[], facts: Facts): Promise<boolean>;
	/** Asks and previews until a proposal is accepted. Nothing has changed until it resolves. */
	ask(question: Question): Promise<Accepted>;
	/** Shows what would be removed and what would be left until that is accepted. Nothing has changed until it resolves. */
	askRemoval(question: RemovalQuestion): Promise<RemovalProposal>;
	/** Shows what happens while it happens, and answers with how it ended. */
	follow<T>(stream: AsyncGenerator<Progress, T>): Promise<T>;
	/** Tells something, and asks what to do next. Absent where nobody can be asked. */
	readonly choose?: <T extends string>(menu: Menu<T>) => Promise<T>;
	/** Shows what something says while it runs; answers with the lines that are still to be told. Absent as above. */
	readonly watch?: (what: string, use: (output: Output) => Promise<void>) => Promise<readonly string[]>;
	/**
	 * Lends the bare terminal to a command that asks the person something by itself, as sudo does for a password. Absent
	 * where nobody can be asked.
	 */
	readonly lend?: Lend;
	/** Says how the run ended; the last call. Afterwards the terminal is as it was. */
	conclude(outcome: Outcome): Promise<void>;
	/** Gives the terminal back at once, whatever happened. Safe to call at any time. */
	close(): void;
}

/** A front end that somebody sits at. */
export type Asking = Ui & Required<Pick<Ui, 'choose' | 'watch'>>;

export const isAsking = (ui: Ui): ui is Asking => ui.choose !== undefined && ui.watch !== undefined;
