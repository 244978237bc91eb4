import {Cancelled} from '../../errors.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';
import {wizardAfter} from './wizard-state.ts';

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
