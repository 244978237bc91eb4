import type {Facts} from '../platform/facts.ts';
import type {Advice} from '../platform/service-manager/advice.ts';
import type {Notice} from '../notice.ts';
import type {CompletePath, SettingsSaver} from '../steps/plan/paths-in-form.ts';
import type {PreviewedOutcome} from '../steps/execute/outcome.ts';
import type {RemovalChoices} from '../steps/removal/plan-removal.ts';
import type {Progress} from '../platform/actions/action.ts';
import type {ProposeRemoval, RemovalProposal} from '../steps/removal/propose-removal.ts';
import type {Proposal, Propose} from '../steps/plan/propose.ts';
import type {CheckReadiness} from '../steps/readiness/readiness.ts';
import type {Lend} from '../platform/system.ts';
import type {Output} from './output.ts';
import type {Settings} from '../settings/options.ts';
import {Cancelled, untilAborted} from '../errors.ts';

export interface Question {
	readonly facts: Facts;
	readonly advice: readonly Advice[];
	/** The first values of the form: defaults, saved settings and given settings, in this order. */
	readonly start: Settings;
	/** The installed settings that this version knows; absent if nothing is installed. */
	readonly saved?: Settings;
	/** The step to begin with, if the person has already chosen it. */
	readonly begin?: 'options' | 'preview';
	/** Whether something is installed already. */
	readonly again: boolean;
	/** Whether the question was opened from another screen. Then `ask` may throw WentBack. */
	readonly canGoBack?: boolean;
	/** Checks the settings and plans; changes nothing. */
	readonly propose: Propose;
	/** Checks whether builds can succeed, part by part; it asks nothing twice. */
	readonly checkReadiness: CheckReadiness;
	/** Completes a path. */
	readonly complete: CompletePath;
	/** Saves the settings to a file. */
	readonly saver: SettingsSaver;
	/** Whether accepting ends the run without applying (`--dry-run`). */
	readonly dryRun: boolean;
	/** Whether the machine is a simulated one. */
	readonly simulation?: boolean;
}

export interface RemovalQuestion {
	readonly facts: Facts;
	/** The default decisions, for a screen that shows all of them. */
	readonly start: RemovalChoices;
	/** What was requested by options: the answers for Enter where each decision is a question. */
	readonly requested: RemovalChoices;
	/** Plans; changes nothing. */
	readonly propose: ProposeRemoval;
	/** Whether accepting ends the run without applying (`--dry-run`). */
	readonly dryRun: boolean;
	/** Whether the question was opened from another screen. Then `askRemoval` may throw WentBack. */
	readonly canGoBack?: boolean;
}

/**
 * A front end. Every method may throw Cancelled when the person ends the run; the signal of the request is then aborted
 * too.
 */
export interface Ui {
	/** Shows the first screen while the machine is checked. */
	readonly begin?: () => void;
	/** Says why Vira cannot be set up here. True: the person wants to try it on a simulated machine. */
	refuse(refusals: readonly Notice[], facts: Facts): Promise<boolean>;
	/** Asks and previews until a proposal is accepted. Nothing has changed until it resolves. */
	ask(question: Question): Promise<Proposal>;
	/** Shows what would be removed until that is accepted. Nothing has changed until it resolves. */
	askRemoval(question: RemovalQuestion): Promise<RemovalProposal>;
	/** Shows progress and resolves with the result of the stream. */
	follow<T>(stream: AsyncGenerator<Progress, T>): Promise<T>;
	/**
	 * Shows lines and asks what to do next. A screen that can be redrawn stays current by `readAgain`, whose signal is
	 * aborted when the menu is left. Absent if there is no one to ask.
	 */
	readonly choose?: <T extends string>(
		menu: Menu<T>,
		readAgain?: (left: AbortSignal) => Promise<Menu<T>>,
	) => Promise<T>;
	/**
	 * Shows the output of something while it runs, and until it is read. Resolves with its result in one line, unless the
	 * person still sees that. Absent as above.
	 */
	readonly watch?: (work: Work) => Promise<string | undefined>;
	/**
	 * Gives the bare terminal to a command that asks the person something itself, such as sudo. Absent if there is no one
	 * to ask.
	 */
	readonly lend?: Lend;
	/** Shows how the run ended; the last call. Afterwards the terminal is restored. */
	conclude(outcome: PreviewedOutcome): Promise<void>;
	/** Restores the terminal immediately. Safe to call at any time. */
	close(): void;
}

/** A front end with a person to ask. */
export type Asking = Ui & Required<Pick<Ui, 'choose' | 'watch'>>;

export const isAsking = (ui: Ui): ui is Asking => ui.choose !== undefined && ui.watch !== undefined;

/** Lines to read and what can be done next. */
export interface Menu<T extends string = string> {
	/** What is shown: a failed run, or the state of the service. */
	readonly after: 'failure' | 'survey';
	readonly facts: Facts;
	/**
	 * Plain text. Lines that begin with ✔, ! or ✖ can be colored; an indented line may be a command to copy. Those up to
	 * the first empty line are always visible.
	 */
	readonly lines: readonly string[];
	/** `end`: shows the last lines first. */
	readonly from?: 'end';
	/** Further lines, as many as there is room for. */
	readonly details?: readonly string[];
	/** In this order; Enter selects the first. */
	readonly choices: readonly MenuChoice<T>[];
	/** The value for a person who quits or goes back. */
	readonly leave: T;
}

export interface MenuChoice<T extends string = string> {
	/** The key that chooses it at once. */
	readonly key: ChoiceKey;
	readonly value: T;
	readonly label: string;
	/** What it does, in a few words. */
	readonly note?: string;
}

export type ChoiceKey = 'c' | 'd' | 'f' | 'l' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v';

/** Something that runs while the person watches. */
export interface Work {
	readonly what: string;
	/**
	 * `changes`: it cannot be left before it has ended. `follows`: its newest lines matter, and it ends when the person
	 * leaves.
	 */
	readonly kind: 'changes' | 'reads' | 'follows';
	/**
	 * Resolves with the result in one line; undefined: the output is the result. `left` is aborted when the person goes
	 * back; absent if that is not possible.
	 */
	readonly run: (output: Output, left?: AbortSignal) => Promise<string | undefined>;
}

/** The same front end; its questions throw Cancelled as soon as the run is ended from outside (SIGTERM, SIGHUP). */
export const endingWith = (ui: Ui, signal: AbortSignal): Ui => ({
	...ui,
	...(ui.choose && {
		choose: (...menu) => untilAborted(ui.choose?.(...menu) ?? Promise.reject(new Cancelled()), signal),
	}),
	refuse: (refusals, facts) => untilAborted(ui.refuse(refusals, facts), signal),
	ask: (question) => untilAborted(ui.ask(question), signal),
	askRemoval: (question) => untilAborted(ui.askRemoval(question), signal),
});
