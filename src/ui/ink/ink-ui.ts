import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {PreviewedOutcome} from '../../steps/execute/outcome.ts';
import type {Lend} from '../../platform/system.ts';
import {maskProgress, type Progress} from '../../platform/actions/action.ts';
import {wrapSentence} from '../text.ts';
import {toned} from '../output.ts';
import {linesAtSudo, savedLines} from '../words/phrases.ts';
import {conclusion} from '../words/conclusion.ts';
import type {Ui} from '../ui.ts';
import {installText} from './screens/install/state.ts';
import {questionsIn} from './questions.ts';
import {sizeOf, WizardScreen, type ScreenOptions} from './terminal/screen.ts';
import {amissIn} from '../form/builds.ts';
import {buildsWords} from '../reports/readiness-report.ts';
import {createStore, type Store, firstState} from './wizard-state.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

interface Look {
	readonly colour: boolean;
	/** Written as a hyperlink when it is on a line of its own. */
	readonly url: string | undefined;
	readonly hyperlinks: boolean;
	/** Of the terminal. Indented lines may be commands to copy and are never wrapped; other lines wrap between words. */
	readonly columns: number;
}

/** OSC 8, "Hyperlinks in Terminal Emulators": terminals without it show the address. */
const linked = (line: string, url: string): string =>
	line.replace(url, `\u001B]8;;${url}\u001B\\${url}\u001B]8;;\u001B\\`);

/** The conclusion of a run as it stays in the terminal. */
export const finalWords = (lines: readonly string[], {colour, url, hyperlinks, columns}: Look): string => {
	const fitted = lines.flatMap((line) => (line.startsWith(' ') ? [line] : wrapSentence(line, columns)));
	const shown = fitted.map((line) =>
		url !== undefined && hyperlinks && line.trim() === url ? linked(line, url) : toned(line, colour),
	);
	return `${shown.join('\n')}\n`;
};

export interface InkUiOptions extends ScreenOptions {
	/** Called once, when the person ends the run. */
	readonly onQuit: () => void;
}

interface Draining {
	readonly store: Store;
	readonly mask: (text: string) => string;
	readonly drawn: () => Promise<void>;
}

const drain = async <T>(stream: AsyncGenerator<Progress, T>, {store, mask, drawn}: Draining): Promise<T> => {
	for (;;) {
		const next = await stream.next();
		if (next.done) return next.value;
		store.send({type: 'progressed', progress: maskProgress(next.value, mask), nowMs: Date.now()});
		// Each step is seen, however quickly it is done.
		if (next.value.at !== 'working') await drawn();
	}
};

const outcomeUrl = (outcome: PreviewedOutcome): string | undefined =>
	'verdict' in outcome ? outcome.verdict.url : undefined;

const linesOfSaved = ({saved, facts}: WizardState): readonly string[] =>
	saved ? savedLines(saved, facts?.user.home ?? '') : [];

const isSetUp = ({outcome}: PreviewedOutcome): boolean =>
	['installed', 'updated', 'unchanged'].includes(outcome);

/** What stays in the terminal after the wizard's screen closes: what was done and how it ended. */
const lastLines = (state: WizardState, outcome: PreviewedOutcome, simulation: boolean): readonly string[] => {
	const done = [...linesOfSaved(state), ...installText(state.install)];
	const builds = isSetUp(outcome) ? buildsWords(amissIn(state.builds)) : [];
	return [
		...done,
		...(done.length > 0 ? [''] : []),
		...conclusion(outcome, state.facts, {simulation}),
		...builds,
	];
};

const write = (stdout: NodeJS.WriteStream, text: string): Promise<void> =>
	new Promise((resolve) => stdout.write(text, () => resolve()));

/** Writes what stays in the terminal. */
const leaving =
	(stdout: NodeJS.WriteStream, {colour}: WizardScreen) =>
	async (lines: readonly string[], url?: string): Promise<void> => {
		const look = {colour, url, hyperlinks: stdout.isTTY, columns: stdout.columns};
		if (lines.length > 0) await write(stdout, finalWords(lines, look));
	};

const lendBare =
	(screen: WizardScreen, {stdout, simulation}: InkUiOptions): Lend =>
	(command, use) =>
		screen.lend(async () => {
			await write(stdout, `${linesAtSudo(command, simulation).join('\n')}\n`);
			return use();
		});

/** Changes in progress are shown until they end. */
const isChanging = ({screen}: WizardState): boolean =>
	screen.at === 'install' ||
	(screen.at === 'watching' && screen.watched.kind === 'changes' && screen.watched.is === 'running');

type Leave = ReturnType<typeof leaving>;

/** When the person quits, the screen closes. */
const closeOnQuit = (
	store: Store,
	screen: WizardScreen,
	{leave, onQuit}: {leave: Leave; onQuit: () => void},
) => {
	const stop = store.subscribe(() => {
		const state = store.get();
		if (!state.quit) return;
		stop();
		if (!isChanging(state)) {
			screen.close();
			void leave(linesOfSaved(state));
		}
		onQuit();
	});
};

/** The wizard: the front end for a terminal that can redraw. */
export const inkUi = (options: InkUiOptions): Ui => {
	const {stdout, simulation, onQuit} = options;
	const store = createStore(firstState(sizeOf(stdout)));
	const screen = new WizardScreen(options, store);
	const show = (event: WizardEvent): void => {
		store.send(event);
		screen.open();
	};
	const leave = leaving(stdout, screen);
	closeOnQuit(store, screen, {leave, onQuit});
	const questions = questionsIn(store, show);
	let mask = maskLooks;
	return {
		begin: screen.open,
		...questions,
		ask: async (question) => {
			const proposal = await questions.ask(question);
			({mask} = proposal);
			return proposal;
		},
		askRemoval: async (question) => {
			const removal = await questions.askRemoval(question);
			({mask} = removal);
			return removal;
		},
		follow: (stream) => {
			show({type: 'followed'});
			return drain(stream, {store, mask, drawn: screen.drawn});
		},
		lend: lendBare(screen, options),
		conclude: (outcome) => {
			screen.close();
			return leave(lastLines(store.get(), outcome, simulation), outcomeUrl(outcome));
		},
		close: screen.close,
	};
};
