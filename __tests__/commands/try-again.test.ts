import {expect, test} from '@jest/globals';
import {parseRequest} from '../../src/command-line/request.ts';
import type {PreviewedOutcome} from '../../src/steps/execute/outcome.ts';
import type {Question, Ui} from '../../src/ui/ui.ts';
import {setup} from '../../src/commands/setup.ts';
import {behave} from '../support/linux-states.ts';
import {simulate} from '../support/simulated-linux.ts';
import {drain} from '../support/settle.ts';

const never = () => Promise.reject(new Error('Nobody asks for this.'));

/** A user who accepts the suggestions, with port 8443 at the second attempt. */
const person = (fixes: () => Promise<void>) => {
	const questions: Question[] = [];
	const outcomes: PreviewedOutcome[] = [];
	const ui: Ui = {
		refuse: never,
		askRemoval: never,
		ask: async (question) => {
			questions.push(question);
			const proposed = await question.propose({
				...question.start,
				port: questions.length === 1 ? 5005 : 8443,
			});
			if (!proposed.good) throw new Error('It is refused.');
			return proposed.proposal;
		},
		follow: async (stream) => (await drain(stream)).end,
		choose: async ({choices: [first], leave}) => {
			await fixes();
			return first?.value ?? leave;
		},
		conclude: async (outcome) => void outcomes.push(outcome),
		close: () => undefined,
	};
	return {ui, questions, outcomes};
};

test.each([
	['undone', []],
	['left as it is', ['--keep-on-failure']],
])('after a failure that was %s, another attempt starts from the current state', async (_, words) => {
	const system = await simulate();
	await behave(system, 'exits-at-once');
	const {ui, questions, outcomes} = person(() => behave(system, 'well'));
	const request = await parseRequest(['--wait', '5', '--log-level', 'Debug', ...words], {
		environment: {},
		read: async () => undefined,
	});
	const run = {request, system, signal: new AbortController().signal};
	expect(await setup(run, Promise.resolve(ui))).toBe(0);
	expect(questions).toMatchObject([
		{again: false, start: {logLevel: 'Debug'}},
		{again: words.length > 0, begin: 'options', start: {logLevel: 'Debug', port: 5005}},
	]);
	expect(outcomes).toMatchObject([{proposal: {settings: {port: 8443, logLevel: 'Debug'}}}]);
});
