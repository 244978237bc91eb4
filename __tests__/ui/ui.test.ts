import {expect, test} from '@jest/globals';
import {Cancelled} from '../../src/errors.ts';
import {endingWith, type Menu, type Asking, type RemovalQuestion} from '../../src/ui/ui.ts';
import {facts, question} from './ink/fixture.ts';

const never = (): Promise<never> => new Promise(() => undefined);

/** A front end without a user. */
const unanswered: Asking = {
	refuse: never,
	ask: never,
	askRemoval: never,
	choose: never,
	watch: never,
	follow: never,
	conclude: never,
	close: () => undefined,
};

const menu: Menu = {after: 'failure', facts, lines: [], choices: [], leave: 'quit'};

test.each<readonly [string, (ui: Asking) => Promise<unknown>]>([
	['why the machine is not supported', (ui) => ui.refuse([], facts)],
	['the settings', (ui) => ui.ask(question())],
	['what is to be removed', (ui) => ui.askRemoval({} as RemovalQuestion)],
	['what to do next', (ui) => ui.choose(menu)],
])('a run that is ended from outside while it asks (%s) is cancelled', async (_, ask) => {
	const ending = new AbortController();
	const asked = ask(endingWith(unanswered, ending.signal) as Asking);
	ending.abort();
	await expect(asked).rejects.toBeInstanceOf(Cancelled);
});
