import type {System} from '../platform/system.ts';
import type {Request} from '../request.ts';

/** Who asks, of which machine, and how the run can be ended early. */
export interface Run {
	readonly request: Request;
	readonly system: System;
	readonly signal: AbortSignal;
	/** Whether it has the lock already. */
	readonly isAlone?: true;
}

/** How the end of a run is to be told. */
export const kindOf = ({
	json,
	simulate,
}: Request): {readonly json: boolean; readonly simulation: boolean} => ({
	json,
	simulation: simulate !== undefined,
});
