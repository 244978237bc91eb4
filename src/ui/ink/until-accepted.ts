import type {CompletePath} from '../../steps/plan/complete-path.ts';
import type {Accepted} from '../../steps/plan/propose.ts';
import type {Question} from '../ui.ts';
import type {Completion} from './form-model.ts';
import type {Store} from './store.ts';

/** Checks the settings of the form on request, until a proposal is accepted. */
const lookUntilAccepted = async (store: Store, question: Question): Promise<Accepted> => {
	for (;;) {
		const now = await store.until(({screen}) =>
			screen.at === 'looking' || screen.at === 'accepted' ? screen : undefined,
		);
		if (now.at === 'accepted') return now.proposal;
		const proposed = await store.unlessQuit(question.propose(now.settings));
		store.send({type: 'looked', proposed});
	}
};

/** Looks up the candidates whenever a path is to be completed; returns how to stop that. */
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

/** Answers the requests of the screen until a proposal is accepted. */
export const untilAccepted = (store: Store, question: Question): Promise<Accepted> => {
	const stop = completing(store, question.complete);
	return lookUntilAccepted(store, question).finally(stop);
};
