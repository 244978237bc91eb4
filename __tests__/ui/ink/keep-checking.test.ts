import {setTimeout as wait} from 'node:timers/promises';
import {expect, test} from '@jest/globals';
import type {BuildQuestion} from '../../../src/steps/readiness/readiness.ts';
import {keepChecking} from '../../../src/ui/ink/questions.ts';
import {createStore, type Store, firstState} from '../../../src/ui/ink/wizard-state.ts';
import type {WizardEvent} from '../../../src/ui/ink/wizard-model.ts';
import {question} from './fixture.ts';

const port = (value: number): WizardEvent => ({
	type: 'formed',
	event: {form: 'set', option: 'port', value},
});

/** A form, and the questions that are asked about it. */
const checked = (): {store: Store; asked: BuildQuestion[]; stop: () => void} => {
	const store = createStore(firstState({columns: 80, rows: 24}));
	store.send({type: 'asked', question: question()});
	const asked: BuildQuestion[] = [];
	const stop = keepChecking(store, async function* (one) {
		asked.push(one);
		yield {
			group: 'nix',
			checks: [{group: 'nix', level: 'error', code: 'x', message: `${one.settings.port}`}],
		};
	});
	return {store, asked, stop};
};

const told = (store: Store): string | undefined => store.get().builds.groups.nix?.[0]?.message;

test('the settings of the form are checked at once, and after a pause when they have changed', async () => {
	const {store, asked, stop} = checked();
	await store.until(() => (store.get().builds.isChecking ? undefined : true));
	expect(told(store)).toBe('5005');
	store.send(port(6001));
	store.send(port(6002));
	await store.until(() => (told(store) === '6002' ? true : undefined));
	expect(asked.map(({settings, again}) => [settings.port, again])).toEqual([
		[5005, false],
		[6002, false],
	]);
	stop();
});

test('on request everything is asked again at once', async () => {
	const {store, asked, stop} = checked();
	await store.until(() => (told(store) === undefined ? undefined : true));
	store.send({type: 'builds-again'});
	expect(told(store)).toBeUndefined();
	await store.until(() => (told(store) === undefined ? undefined : true));
	expect(asked.map(({again}) => again)).toEqual([false, true]);
	stop();
});

test('at the end, what is being checked is ended', async () => {
	const {store, asked, stop} = checked();
	await store.until(() => (told(store) === undefined ? undefined : true));
	stop();
	store.send(port(6001));
	await wait(900);
	expect(asked.map(({signal}) => signal.aborted)).toEqual([true]);
});
