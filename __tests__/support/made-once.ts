import {inspect} from 'node:util';
import {copyOf} from './disks.ts';

const whole = {depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity} as const;

/**
 * Many machines in the same state: the first one is created, and each request gets a copy of it.
 * `make` gets all its input in `given`, because equal values of that stand for the same machine.
 */
export const madeOnce = <Given extends readonly unknown[], Machine extends {readonly folder: string}>(
	open: (folder: string) => Promise<Machine>,
	make: (...given: Given) => Promise<Machine>,
): ((...given: Given) => Promise<Machine>) => {
	const made = new Map<string, Promise<Machine>>();
	return async (...given) => {
		// Unlike JSON, it shows what is undefined: `{vira: undefined}` is a machine without Vira.
		const key = inspect(given, whole);
		const first = made.get(key) ?? make(...given);
		made.set(key, first);
		return open(copyOf((await first).folder));
	};
};
