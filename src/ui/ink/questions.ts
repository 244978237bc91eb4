import type {CompletePath} from '../../steps/plan/complete-path.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import type {Question, Ui} from '../ui.ts';
import {lineOutput, type Output} from '../output.ts';
import type {Completion} from './screens/options/form-model.ts';
import type {Store} from './store.ts';
import type {Screen, WizardEvent} from './wizard-model.ts';

type Waiting = Extract<Screen, {readonly at: 'looking' | 'accepted' | 'preview'}>;

const isWaiting = (screen: Screen): screen is Waiting =>
	screen.at === 'looking' || screen.at === 'accepted' || (screen.at === 'preview' && !!screen.saving?.waits);

/** What the screen waits for. */
const answerFor = async (
	now: Exclude<Waiting, {readonly at: 'accepted'}>,
	{propose, saver}: Question,
): Promise<WizardEvent> => {
	if (now.at === 'looking') return {type: 'looked', proposed: await propose(now.settings)};
	const {proposal, saving} = now;
	if (saving?.waits !== 'file') return {type: 'path-proposed', path: await saver.freePath()};
	return {type: 'saved', result: await saver.save(proposal.settings, saving.edited.text)};
};

/** Checks the settings of the form on request, until a proposal is accepted. */
const lookUntilAccepted = async (store: Store, question: Question): Promise<Proposal> => {
	for (;;) {
		const now = await store.until(({screen}) => (isWaiting(screen) ? screen : undefined));
		if (now.at === 'accepted') return now.proposal;
		store.send(await store.unlessQuit(answerFor(now, question)));
	}
};

/** Looks up the candidates whenever a path is to be completed; returns how to stop that. */
const completing = (store: Store, complete: CompletePath): (() => void) => {
	let answered: Completion | undefined;
	return store.subscribe(() => {
		const {screen, form} = store.get();
		const completion = screen.at === 'preview' ? screen.saving?.completion : form?.completion;
		if (!completion || completion.candidates || completion === answered) return;
		answered = completion;
		const {typed} = completion;
		void complete(typed).then((candidates) =>
			store.send({type: 'formed', event: {form: 'completed', typed, candidates}}),
		);
	});
};

/** Answers the requests of the screen until a proposal is accepted. */
const untilAccepted = (store: Store, question: Question): Promise<Proposal> => {
	const stop = completing(store, question.complete);
	return lookUntilAccepted(store, question).finally(stop);
};

/** The choice of the person in the menu on the screen. */
const chosenIn = <T extends string>(store: Store): Promise<T> =>
	// It is one of the values of the menu.
	store.until(({screen}) => (screen.at === 'menu-left' ? (screen.value as T) : undefined));

/** Shows the output of something while it runs; resolves with all of it. */
const watchedIn = async (
	store: Store,
	use: (output: Output) => Promise<void>,
): Promise<readonly string[]> => {
	const lines: string[] = [];
	const say = (line: string): void => {
		lines.push(line);
		store.send({type: 'said', line});
	};
	await use(lineOutput(say, store.get().size.columns));
	return lines;
};

type Questions = Required<Pick<Ui, 'refuse' | 'ask' | 'askRemoval' | 'choose' | 'watch'>>;

/** Every question on the screen; `show` sends an event to it. */
export const questionsIn = (store: Store, show: (event: WizardEvent) => void): Questions => ({
	refuse: (refusals, facts) => {
		show({type: 'refused', refusals, facts});
		return store.until(({screen: now}) => (now.at === 'refused' ? now.simulate : undefined));
	},
	ask: (question) => {
		show({type: 'asked', question});
		return untilAccepted(store, question);
	},
	askRemoval: (question) => {
		show({type: 'removal-asked', question});
		return store.until(({screen: now}) => (now.at === 'removal-accepted' ? now.proposal : undefined));
	},
	choose: (menu) => {
		show({type: 'offered', menu});
		return chosenIn(store);
	},
	watch: (what, use) => {
		show({type: 'watched', what});
		return watchedIn(store, use);
	},
});
