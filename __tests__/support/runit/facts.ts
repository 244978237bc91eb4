import type {MachineFacts} from '../../../src/platform/machine-facts.ts';

/** A Linux machine whose users have their services run by runsvdir(8). */
export interface RunitMachine extends MachineFacts {
	readonly platform: 'runit';
	readonly managedBy: undefined;
}

declare module '../../../src/platform/facts.ts' {
	interface Platforms {
		readonly runit: {readonly facts: RunitMachine; readonly actions: never};
	}
}
