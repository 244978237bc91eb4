import type {Facts} from '../../platform/facts.ts';
import type {Settings} from '../../settings/options.ts';
import type {Notice} from '../../notice.ts';
import type {Progress} from '../../platform/actions/action.ts';
import type {PlanStep} from '../../steps/plan/plan-steps.ts';
import type {Proposal, Proposed} from '../../steps/plan/propose.ts';
import type {SaveResult} from '../../steps/plan/paths-in-form.ts';
import type {BuildPart} from '../../steps/readiness/readiness.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import type {Menu, Question, RemovalQuestion, Work} from '../ui.ts';
import type {SavedFile} from '../words/phrases.ts';
import type {Edited} from '../form/editing.ts';
import type {OutputLine} from './components/rows.ts';
import type {Completion, FormEvent, FormState} from '../form/form.ts';
import type {BuildsState} from '../form/builds.ts';
import type {Size, Viewport} from './layout.ts';
import type {Stroke} from './stroke.ts';

/** The parts of the question that are data. `begin`: the step that nothing comes before. */
export type Asked = Pick<
	Question,
	'facts' | 'advice' | 'again' | 'dryRun' | 'canGoBack' | 'begin' | 'simulation'
>;

/** Something that runs while the person watches, and its output so far. */
export interface Watched extends Pick<Work, 'what' | 'kind'> {
	readonly is: 'running' | 'ended' | 'left';
	readonly output: readonly OutputLine[];
}

/** A removal before it is accepted. */
export interface RemovalState {
	readonly question: RemovalQuestion;
	/** The proposal for the current decisions. */
	readonly proposal: RemovalProposal;
}

/** One action or check, and its state. */
export interface InstallRow {
	/** The stream and the action or check: a later event with the same id updates the row. */
	readonly id: string;
	readonly text: string;
	/** The step of the plan that an action belongs to, and whether it is the last one there. */
	readonly step?: {readonly id: string; readonly title: string; readonly ends: boolean} | undefined;
	/** The command, if its text does not show it, and the reason. */
	readonly details?: readonly string[];
	readonly at: 'running' | 'done' | 'failed' | 'concern';
	readonly beganMs: number;
	readonly endedMs: number | undefined;
	readonly withinMs?: number;
	readonly why?: string | undefined;
	/** The last output line of a long command. */
	readonly line?: string | undefined;
	/** The conclusion says it again: it need not stay in the terminal. */
	readonly saidAgain?: boolean;
}

/** A row of the screen: also a whole step, with its actions so far. */
export interface ShownRow extends InstallRow {
	readonly actions?: readonly InstallRow[];
}

export interface InstallState {
	/** The number of streams so far. */
	readonly stream: number;
	/** The steps of the plan; empty: each action is a row. */
	readonly steps: readonly PlanStep[];
	readonly rows: readonly InstallRow[];
	/** Whether each step is shown with its actions, their commands and their reasons. */
	readonly detailed: boolean;
}

/** What the person wants to leave: the run, or the form for the screen that it was opened from. */
export type Leaving = 'run' | 'form';

/** The path of the file that the settings are to be saved to, while it is typed. */
export interface Saving {
	readonly edited: Edited;
	readonly completion: Completion | undefined;
	/** What is waited for: a path that can be proposed, or the file. */
	readonly waits: 'path' | 'file' | undefined;
	/** Why the file was not written. */
	readonly problem: string | undefined;
}

export interface PreviewScreen {
	readonly at: 'preview';
	readonly proposal: Proposal;
	readonly saving?: Saving | undefined;
}

/** What is known of builds, over the screen that it was opened from. */
export interface BuildsScreen {
	readonly at: 'builds';
	/** Among the results that Enter fixes. */
	readonly row: number;
	readonly from: Screen;
}

export type Screen =
	| {readonly at: 'blank'}
	| {readonly at: 'refuse'; readonly refusals: readonly Notice[]; readonly row: number}
	| {readonly at: 'refused'; readonly simulate: boolean}
	| {readonly at: 'machine'; readonly row: number; readonly more: boolean}
	| {readonly at: 'options'}
	/** The person went back to what the form was opened from. */
	| {readonly at: 'left'}
	| BuildsScreen
	| {readonly at: 'looking'; readonly settings: Settings}
	| PreviewScreen
	| {readonly at: 'accepted'; readonly proposal: Proposal}
	| {readonly at: 'removal'; readonly row: number; readonly sure: boolean}
	| {readonly at: 'removal-accepted'; readonly proposal: RemovalProposal}
	| {readonly at: 'install'}
	| {readonly at: 'menu'; readonly menu: Menu; readonly row: number}
	| {readonly at: 'menu-left'; readonly menu: Menu; readonly row: number; readonly value: string}
	| {readonly at: 'watching'; readonly watched: Watched};

export interface WizardState {
	readonly size: Size;
	readonly screen: Screen;
	/** The first visible line, where the person has scrolled to; undefined: where the focus or the end is. */
	readonly scroll: number | undefined;
	readonly view: Viewport;
	readonly facts: Facts | undefined;
	readonly asked: Asked | undefined;
	readonly form: FormState | undefined;
	/** Set during an uninstall. */
	readonly removal: RemovalState | undefined;
	readonly install: InstallState;
	readonly builds: BuildsState;
	/** Keys that were pressed before there was a screen for them. */
	readonly early: readonly Stroke[];
	/** Asked while answers would be lost. */
	readonly leaving: Leaving | undefined;
	/** The last settings that were saved to a file. */
	readonly saved: SavedFile | undefined;
	/** The person wants to end the run. */
	readonly quit: boolean;
}

export type WizardEvent =
	| {readonly type: 'pressed'; readonly stroke: Stroke}
	| {readonly type: 'resized'; readonly size: Size}
	| {readonly type: 'refused'; readonly refusals: readonly Notice[]; readonly facts: Facts}
	| {readonly type: 'asked'; readonly question: Question}
	| {readonly type: 'removal-asked'; readonly question: RemovalQuestion}
	| {readonly type: 'looked'; readonly proposed: Proposed}
	| {readonly type: 'followed'}
	/** Shows or hides the details of each step. */
	| {readonly type: 'detailed'}
	| {readonly type: 'progressed'; readonly progress: Progress; readonly nowMs: number}
	/** The layout of the body, whenever it changes. */
	| {readonly type: 'measured'; readonly view: Viewport}
	| {readonly type: 'moved'; readonly by: number}
	| {readonly type: 'scrolled'; readonly by: number}
	/** To the next or the previous part of the preview. */
	| {readonly type: 'jumped'; readonly by: 1 | -1}
	| {readonly type: 'explained'}
	| {readonly type: 'formed'; readonly event: FormEvent}
	/** Toggles the focused decision of a removal. */
	| {readonly type: 'switched'}
	/** Confirms what cannot be undone. */
	| {readonly type: 'confirmed'}
	| {readonly type: 'continued'}
	| {readonly type: 'went-back'}
	/** To what the form was opened from; asks first if answers would be lost. */
	| {readonly type: 'left-form'}
	/** Ends the run; asks first if answers would be lost. */
	| {readonly type: 'left-run'}
	/** The answers to that question. */
	| {readonly type: 'left-anyway'}
	| {readonly type: 'stayed'}
	/** Asks where to save the settings. */
	| {readonly type: 'save-begun'}
	| {readonly type: 'path-proposed'; readonly path: string}
	| {readonly type: 'saved'; readonly result: SaveResult}
	/** Whether builds can succeed is checked with these settings; each result; all are known. */
	| {readonly type: 'builds-begun'; readonly settings: Settings}
	| {readonly type: 'build-known'; readonly part: BuildPart}
	| {readonly type: 'builds-over'}
	/** Everything is to be checked again. */
	| {readonly type: 'builds-again'}
	| {readonly type: 'builds-opened'}
	| {readonly type: 'offered'; readonly menu: Menu}
	/** The menu on the screen, as it is now. */
	| {readonly type: 'renewed'; readonly menu: Menu}
	| {readonly type: 'chose'; readonly value: string}
	/** Leaves a menu without a choice, or an output. */
	| {readonly type: 'left'}
	/** Something begins to run while the person watches. */
	| {readonly type: 'watched'; readonly work: Pick<Work, 'what' | 'kind'>}
	/** Lines of its output. */
	| {readonly type: 'said'; readonly lines: readonly string[]}
	/** Its output is complete. */
	| {readonly type: 'ended'}
	/** Ends the run at once. */
	| {readonly type: 'quit'};
