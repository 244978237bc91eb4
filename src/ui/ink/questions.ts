import {lineOutput, type Output} from '../output.ts';
import type {Ui} from '../ui.ts';
import type {Store} from './store.ts';
import {tickWhile} from './tick-while.ts';
import {untilAccepted} from './until-accepted.ts';
import type {WizardEvent} from './wizard-model.ts';

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
		return tickWhile(store, watchedIn(store, use));
	},
});
