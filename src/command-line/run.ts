import type {Locking} from '../steps/execute/with-lock.ts';
import type {Request} from './request.ts';

/** A command that runs: what was typed, and the machine that it is about. */
export interface Run extends Locking {
	readonly request: Request;
}

/** How the result of a command is printed. */
export const kindOf = ({
	json,
	simulate,
}: Request): {readonly json: boolean; readonly simulation: boolean} => ({
	json,
	simulation: simulate !== undefined,
});
