import {setTimeout as wait} from 'node:timers/promises';
import type {CheckReadiness} from '../../steps/readiness/readiness.ts';
import type {Settings} from '../../settings/options.ts';
import type {Store} from './wizard-state.ts';

/** How long nothing more must be typed before builds are checked again. */
const pauseMs = 700;

interface When {
	/** Whether everything is asked again. */
	readonly again: boolean;
	readonly afterMs: number;
}

/**
 * Checks whether builds can succeed with the settings of the form, again after each pause in which they changed. Returns
 * how to stop it. Nothing waits for it.
 */
export const keepChecking = (store: Store, check: CheckReadiness): (() => void) => {
	let current = new AbortController();
	let asked: {readonly settings: Settings; readonly round: number} | undefined;
	const run = async (settings: Settings, {again, afterMs}: When, signal: AbortSignal): Promise<void> => {
		await wait(afterMs, undefined, {signal});
		store.send({type: 'builds-begun', settings});
		for await (const part of check({settings, signal, again}))
			if (!signal.aborted) store.send({type: 'build-known', part});
		if (!signal.aborted) store.send({type: 'builds-over'});
	};
	const look = (): void => {
		const {form, builds} = store.get();
		if (!form || (form.settings === asked?.settings && builds.round === asked.round)) return;
		const again = builds.round !== (asked?.round ?? 0);
		const waits = asked !== undefined && !again;
		asked = {settings: form.settings, round: builds.round};
		const {settings} = form;
		current.abort();
		current = new AbortController();
		// A check that fails is a result of its own; what is thrown here is only that the person went on.
		void run(settings, {again, afterMs: waits ? pauseMs : 0}, current.signal).catch(() => undefined);
	};
	look();
	const stop = store.subscribe(look);
	return () => {
		stop();
		current.abort();
	};
};
