import type {Machine} from '../../../src/platform/machine-facts.ts';

/** A Linux machine whose users have their services run by runsvdir(8). */
export interface RunitMachine extends Machine {
	readonly platform: 'runit';
	readonly managedBy: undefined;
}

declare module '../../../src/platform/facts.ts' {
	// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- it adds to the one of the program
	interface Machines {
		readonly runit: RunitMachine;
	}
}
