import type {CompletePath} from '../../steps/complete-path.ts';
import type {Accepted} from '../../steps/propose.ts';
import type {Question} from '../ui.ts';
import type {Completion} from './form-model.ts';
import type {Store} from './store.ts';

/** Looks at what the form holds whenever that is wanted, until a proposal is accepted. */
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

/** Everything that somebody has to look up while a question is on the screen, until it is answered. */
export const untilAccepted = (store: Store, question: Question): Promise<Accepted> => {
	const stop = completing(store, question.complete);
	return lookUntilAccepted(store, question).finally(stop);
};
