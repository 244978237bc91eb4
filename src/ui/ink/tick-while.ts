import type {Store} from './store.ts';

/** Updates the time on the screen while something runs. */
export const tickWhile = async <T>(store: Store, running: Promise<T>): Promise<T> => {
	const timer = setInterval(() => store.send({type: 'ticked', nowMs: Date.now()}), 100);
	timer.unref();
	try {
		return await running;
	} finally {
		clearInterval(timer);
	}
};
