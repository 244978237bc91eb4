import type {CheckReadiness} from '../../steps/readiness/readiness.ts';
import type {Settings} from '../../settings/options.ts';
import type {Store} from './store.ts';

/** How long nothing more must be typed before builds are checked again. */
const pauseMs = 700;

/**
 * Checks whether builds can succeed with the settings of the form, again after each pause in which they changed. Returns
 * how to stop it. Nothing waits for it.
 */
export const keepChecking = (store: Store, check: CheckReadiness): (() => void) => {
	let current = new AbortController();
	let asked: {readonly settings: Settings; readonly round: number} | undefined;
	let timer: NodeJS.Timeout | undefined;
	const run = async (settings: Settings, again: boolean): Promise<void> => {
		const {signal} = (current = new AbortController());
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
		clearTimeout(timer);
		current.abort();
		// What cannot be checked says so itself; the rest is that the person leaves.
		timer = setTimeout(() => void run(settings, again).catch(() => undefined), waits ? pauseMs : 0);
	};
	look();
	const stop = store.subscribe(look);
	return () => {
		stop();
		clearTimeout(timer);
		current.abort();
	};
};
