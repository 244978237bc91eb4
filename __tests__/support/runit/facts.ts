import type {Machine} from '../../../src/platform/machine-facts.ts';

/** A Linux machine whose users have their services run by runsvdir(8). */
export interface RunitMachine extends Machine {
	readonly platform: 'runit';
	readonly managedBy: undefined;
}

declare module '../../../src/platform/facts.ts' {
	interface Machines {
		readonly runit: RunitMachine;
	}
}
