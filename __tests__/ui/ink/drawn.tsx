import chalk from 'chalk';
import {renderToString} from 'ink';
import type {ReactElement} from 'react';
import {Wizard} from '../../../src/ui/ink/app.tsx';
import {WizardContext} from '../../../src/ui/ink/components/context.ts';
import {createStore} from '../../../src/ui/ink/wizard-state.ts';
import type {WizardEvent, WizardState} from '../../../src/ui/ink/wizard-model.ts';

const title = {version: '0.1.0', simulation: false};

interface Drawn {
	/** Everything on the screen, from top to bottom. */
	readonly screen: readonly string[];
	/** What is between title and footer, without the rules and the blank lines at its end. */
	readonly body: readonly string[];
	/** The state, with what was measured. */
	readonly state: WizardState;
	/** The screen after more events. */
	readonly after: (...events: readonly WizardEvent[]) => Drawn;
}

const plain = (text: string): string => text.replaceAll(/\u001B\[\d+m/gu, '');

const isRule = (line: string): boolean => /^─+$/u.test(line);

/** The wizard as Ink draws it in the window of the state, without colors. */
export const drawn = (state: WizardState): Drawn => {
	const store = createStore(state);
	const text = renderToString(<Wizard store={store} title={title} colour={false} />, state.size);
	const screen = plain(text).split('\n');
	const inside = screen.slice(1, -1).filter((line) => !isRule(line));
	const measured = store.get();
	return {
		screen,
		body: inside.slice(0, inside.findLastIndex((line) => line !== '') + 1),
		state: measured,
		after: (...events) => {
			for (const event of events) store.send(event);
			return drawn(store.get());
		},
	};
};

/** One component in the window of the state, with what a terminal is sent for it. */
export const withCodes = (element: ReactElement, state: WizardState, {colour = false} = {}): string => {
	chalk.level = 1;
	const around = {state, send: () => undefined, colour};
	return renderToString(<WizardContext value={around}>{element}</WizardContext>, state.size);
};

/** One component as lines of text. */
export const component = (element: ReactElement, state: WizardState): readonly string[] =>
	plain(withCodes(element, state)).split('\n');
