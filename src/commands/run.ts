import type {System} from '../platform/system.ts';
import type {Request} from '../command-line/request.ts';

/** The request, the machine, and the signal that ends the run early. */
export interface Run {
	readonly request: Request;
	readonly system: System;
	readonly signal: AbortSignal;
	/** Whether it already holds the lock. */
	readonly isAlone?: true;
}

/** How the result of a run is shown. */
export const kindOf = ({
	json,
	simulate,
}: Request): {readonly json: boolean; readonly simulation: boolean} => ({
	json,
	simulation: simulate !== undefined,
});
