import {withEarlyKeys} from './keys.ts';
import {layoutOf, type Size} from './layout.ts';
import {leavingAfter} from './leaving.ts';
import {nothingChecked} from '../form/builds.ts';
import {buildsAfter} from './screens/builds/state.ts';
import {installEventAfter, nothingYet} from './screens/install/state.ts';
import {machineAfter} from './screens/machine/state.ts';
import {menuAfter} from './screens/menu/state.ts';
import {askForm, optionsAfter} from './screens/options/state.ts';
import {previewAfter} from './screens/preview/state.ts';
import {watchingAfter} from './screens/watching/state.ts';
import {beginRemoval, removalAfter} from './screens/removal/state.ts';
import {scrolledBy} from './scroll.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';
import {Cancelled} from '../../errors.ts';

export const firstState = (size: Size): WizardState => ({
	size,
	screen: {at: 'blank'},
	scroll: undefined,
	view: {isLaidOut: false, height: layoutOf(size).bodyHeight, content: 0, rows: {}, list: 0, foot: 0},
	facts: undefined,
	asked: undefined,
	form: undefined,
	removal: undefined,
	install: nothingYet,
	builds: nothingChecked,
	early: [],
	leaving: undefined,
	saved: undefined,
	quit: false,
});

/** The events that every screen has. */
const afterAny = (state: WizardState, event: WizardEvent): WizardState => {
	switch (event.type) {
		case 'resized':
			return {...state, size: event.size};
		case 'measured':
			return {...state, view: event.view};
		case 'asked':
			return askForm(state, event.question);
		case 'removal-asked':
			return beginRemoval(state, event.question);
		case 'scrolled':
			return scrolledBy(state, event.by);
		case 'quit':
			return {...state, quit: true};
		default:
			return state;
	}
};

/** Events that keep the scroll position. */
const leavesScroll = new Set<WizardEvent['type']>([
	'scrolled',
	'resized',
	'measured',
	'progressed',
	'switched',
	'explained',
	'renewed',
	'builds-begun',
	'build-known',
	'builds-over',
	'said',
	'ended',
	'left-run',
	'left-form',
	'stayed',
	'quit',
]);

const scrolledAfter = (state: WizardState, event: WizardEvent): WizardState => {
	const next =
		menuAfter(state, event) ??
		watchingAfter(state, event) ??
		removalAfter(state, event) ??
		installEventAfter(state, event) ??
		buildsAfter(state, event) ??
		machineAfter(state, event) ??
		previewAfter(state, event) ??
		optionsAfter(state, event) ??
		leavingAfter(state, event) ??
		afterAny(state, event);
	const isSame = next.screen.at === state.screen.at;
	// The layout of another screen says nothing about this one.
	const view = isSame ? next.view : {...next.view, isLaidOut: false, content: 0, rows: {}, list: 0, foot: 0};
	// In the preview, only keys that scroll do so.
	const stays = leavesScroll.has(event.type) || next.screen.at === 'preview';
	return stays && isSame ? next : {...next, view, scroll: undefined};
};

/** Every change of the wizard, without a terminal and without React. */
export const wizardAfter = withEarlyKeys(scrolledAfter);

/** Holds the state of the wizard, which React draws and the methods of the front end wait for. */
export interface Store {
	readonly get: () => WizardState;
	readonly send: (event: WizardEvent) => void;
	readonly subscribe: (listener: () => void) => () => void;
	/** Resolves with the result of `pick` as soon as it is defined; throws Cancelled when the person quits. */
	readonly until: <T>(pick: (state: WizardState) => T | undefined) => Promise<T>;
	/** The result of the promise, unless the person quits first. */
	readonly unlessQuit: <T>(promise: Promise<T>) => Promise<T>;
}

export const createStore = (first: WizardState): Store => {
	let state = first;
	const listeners = new Set<() => void>();
	const subscribe = (listener: () => void) => {
		listeners.add(listener);
		return () => {
			listeners.delete(listener);
		};
	};
	const send = (event: WizardEvent): void => {
		const next = wizardAfter(state, event);
		if (next === state) return;
		state = next;
		for (const listener of [...listeners]) listener();
	};
	const until = <T>(pick: (state: WizardState) => T | undefined): Promise<T> =>
		new Promise((resolve, reject) => {
			const look = (): boolean => {
				const picked = pick(state);
				if (state.quit) reject(new Cancelled());
				else if (picked !== undefined) resolve(picked);
				return state.quit || picked !== undefined;
			};
			if (look()) return;
			const stop = subscribe(() => {
				if (look()) stop();
			});
		});
	const unlessQuit = <T>(promise: Promise<T>): Promise<T> =>
		Promise.race([promise, until<never>(() => undefined)]);
	return {get: () => state, send, subscribe, until, unlessQuit};
};
