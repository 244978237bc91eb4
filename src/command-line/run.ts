import type {ExitCode} from '../errors.ts';
import type {Locking} from '../steps/execute/execute.ts';
import type {Request} from './request.ts';

/** A command that runs: what was typed, and the machine that it is about. */
export interface CommandRun extends Locking {
	readonly request: Request;
}

/** How a command ended. `simulate`: the person wants to try it on a simulated machine. */
export type RunEnd = ExitCode | 'simulate';

/** How the result of a command is printed. */
export const kindOf = ({
	json,
	simulate,
}: Request): {readonly json: boolean; readonly simulation: boolean} => ({
	json,
	simulation: simulate !== undefined,
});
