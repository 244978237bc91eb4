import type {CompletePath} from '../../steps/complete-path.ts';
import type {Outcome} from '../../steps/outcome.ts';
import type {Progress} from '../../steps/progress.ts';
import type {Proposal} from '../../steps/propose.ts';
import {conclusion} from '../conclusion.ts';
import type {Question, Ui} from '../ui.ts';
import type {Completion} from './form-model.ts';
import {finalWords} from './final-words.ts';
import {installText} from './install-lines.ts';
import {screenOf, sizeOf, type ScreenOptions} from './screen.tsx';
import {createStore, type Store} from './store.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';
import {firstState} from './wizard-state.ts';

export interface InkUiOptions extends ScreenOptions {
	/** The person wants to end the run. Called once. */
	readonly onQuit: () => void;
}

/** Lets time pass on the screen while something runs. */
const tickWhile = async <T>(store: Store, running: Promise<T>): Promise<T> => {
	const timer = setInterval(() => store.send({type: 'ticked', nowMs: Date.now()}), 100);
	timer.unref();
	try {
		return await running;
	} finally {
		clearInterval(timer);
	}
};

const drain = async <T>(store: Store, stream: AsyncGenerator<Progress, T>): Promise<T> => {
	for (;;) {
		const next = await stream.next();
		if (next.done) return next.value;
		store.send({type: 'progressed', progress: next.value, nowMs: Date.now()});
	}
};

const urlOf = (outcome: Outcome): string | undefined =>
	'verdict' in outcome ? outcome.verdict.url : undefined;

/** Looks at what the form holds whenever that is wanted, until a proposal is accepted. */
const untilAccepted = async (store: Store, question: Question): Promise<Proposal> => {
	for (;;) {
		const now = await store.until(({screen}) =>
			screen.at === 'looking' || screen.at === 'accepted' ? screen : undefined,
		);
		if (now.at === 'accepted') return now.proposal;
		const proposed = await store.unlessQuit(question.propose(now.settings));
		store.send({type: 'looked', proposed});
	}
};

/** Looks for the ways on whenever somebody wants a path completed; answers with how to stop that. */
const completing = (store: Store, complete: CompletePath): (() => void) => {
	let answered: Completion | undefined;
	return store.subscribe(() => {
		const completion = store.get().form?.completion;
		if (!completion || completion.candidates || completion === answered) return;
		answered = completion;
		const {typed} = completion;
		void complete(typed).then((candidates) =>
			store.send({type: 'formed', event: {form: 'completed', typed, candidates}}),
		);
	});
};

/** What stays in the terminal once the wizard's screen is gone: what was done, and how it ended. */
const lastLines = (
	{install, facts}: WizardState,
	outcome: Outcome,
	rehearsal: boolean,
): readonly string[] => {
	const done = installText(install);
	return [...done, ...(done.length > 0 ? [''] : []), ...conclusion(outcome, facts, {rehearsal})];
};

/** The wizard: the front end for a person at a terminal that can redraw. */
export const inkUi = (options: InkUiOptions): Ui => {
	const {stdout, rehearsal, onQuit} = options;
	const store = createStore(firstState(sizeOf(stdout)));
	const screen = screenOf(options, store);
	const show = (event: WizardEvent): void => {
		store.send(event);
		screen.open();
	};
	const stopWatching = store.subscribe(() => {
		if (!store.get().quit) return;
		stopWatching();
		// What was begun on the machine is followed to its end on the screen.
		if (store.get().screen.at !== 'install') screen.close();
		onQuit();
	});
	return {
		refuse: (refusals, facts) => {
			show({type: 'refused', refusals, facts});
			return store.until(({screen: now}) => (now.at === 'refused' ? now.simulate : undefined));
		},
		ask: (question) => {
			show({type: 'asked', question});
			const stop = completing(store, question.complete);
			return untilAccepted(store, question).finally(stop);
		},
		follow: (stream) => {
			show({type: 'followed'});
			return tickWhile(store, drain(store, stream));
		},
		conclude: (outcome) => {
			screen.close();
			const look = {colour: screen.colour, url: urlOf(outcome), hyperlinks: stdout.isTTY};
			const words = finalWords(lastLines(store.get(), outcome, rehearsal), look);
			return new Promise((resolve) => stdout.write(words, () => resolve()));
		},
		close: screen.close,
	};
};
