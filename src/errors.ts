import type {Notice} from './notice.ts';
import type {Reason} from './reasons.ts';

/** The program's exit statuses, for scripts. */
export const exitCode = {
	done: 0,
	unexpected: 1,
	/** Of status and doctor: the check succeeded, but found a problem. */
	unwell: 1,
	usage: 2,
	unsuitable: 3,
	privilege: 4,
	refused: 5,
	unhealthy: 6,
	wouldChange: 10,
	cancelled: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Why a run failed: a notice whose level is error and whose code follows from the exit status. */
export interface Failure extends Omit<Notice, 'level' | 'code'> {
	readonly exit: ExitCode;
	/** Why the service is not running properly, if that is the problem. */
	readonly reason?: Reason;
	/** Whether something changed nevertheless. */
	readonly changed?: boolean;
	/** The problems of the settings, one by one; `message` has the same as lines. */
	readonly problems?: readonly RefusedValue[];
	/** The last lines of the service's log, oldest first. */
	readonly log?: readonly string[];
}

/** A value that was refused; its level is error. */
export interface RefusedValue extends Notice {
	/** Its name in the settings file; null: it is about the whole file. */
	readonly setting: string | null;
	/** The item of a list, or the name in a map; null: it is about the setting as a whole. */
	readonly item: string | null;
}

/** An error that the person can act on. Anything else that is thrown is a bug in vira-setup. */
export class SetupError extends Error {
	override readonly name = 'SetupError';
	readonly failure: Failure;

	constructor(failure: Failure) {
		super(failure.message);
		this.failure = failure;
	}
}

/** The person, or a signal, interrupted the run. */
export class Cancelled extends Error {
	override readonly name = 'Cancelled';
}
