import type {Notice} from './notice.ts';

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

/** What a run ends with that left the machine as it was. */
export const nothingChanged = 'Nothing was changed.';

/** Why a service is not running properly: stable names, each with its meaning. */
export const reasons = {
	// What Vira says itself.
	'port-in-use': "another program uses Vira's port",
	'address-unusable': 'Vira cannot listen on its address or port, for another reason',
	'repository-conflict': 'Vira already has a repository with this name and a different URL',
	'import-unreadable': 'Vira cannot read the repositories file that it imports at startup',
	'schema-mismatch': 'the state was written by a Vira with a different schema',
	'state-locked': 'another process has locked the state',
	'certificate-unusable': 'Vira cannot use its certificate or its key',
	'unknown-option': 'Vira was started with an option that it does not know, or with one given twice',
	'tool-failed': 'a program that Vira needs at startup failed, such as gh',
	// What its page says.
	'server-error': 'the page responds with status 500 or higher',
	'no-answer': 'Vira is running, but its page does not respond',
	// What its service manager says.
	'program-unusable': 'the program of the service does not exist or cannot be run',
	'folder-unusable': 'the working folder of the service does not exist or cannot be entered',
	'log-unusable': 'launchd cannot write the log of the service',
	'other-user': 'the service is set to run as another user',
	'namespaces-not-allowed': 'the machine does not allow the namespaces that the service needs',
	'not-startable': 'the service manager could not set up the process',
	'start-limit': 'Vira exited so often that systemd no longer restarts it',
	'out-of-memory': 'the kernel killed Vira because the machine ran out of memory',
	'other-file': 'the service manager loaded the service from a different file',
	'other-domain': 'launchd has loaded the service in another domain',
	'loaded-twice': 'launchd has loaded the service in two domains',
	'file-gone': 'the service file does not exist',
	'file-not-trusted': 'launchd does not trust the service file',
	'file-on-volume': 'the service file is on a volume that launchd does not read it from',
	'waits-for-store': 'the Nix store is not mounted',
	'program-replaced': 'macOS killed the program because it was replaced after launchd loaded the service',
	'put-off': 'launchd has postponed the start',
	'switched-off': 'the service is disabled',
	'no-session': 'the user has no desktop session',
	// How it ended, if the cause is unknown.
	exited: 'Vira exited; the cause is unknown',
	killed: 'Vira was killed by a signal; the cause is unknown',
	'not-steady': 'Vira does not keep running; the cause is unknown',
} as const;

export type Reason = keyof typeof reasons;

export const isReason = (code: string): code is Reason => Object.hasOwn(reasons, code);

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
interface RefusedValue extends Notice {
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

/** The person went back to the screen that a question was opened from. */
export class WentBack extends Error {
	override readonly name = 'WentBack';
}

/** Waits for a promise; throws Cancelled as soon as the signal is aborted. */
export const untilAborted = async <T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> => {
	// The same signal is used many times in a run, so the listener is removed again.
	const over = new AbortController();
	const aborted = new Promise<never>((_, reject) => {
		const cancel = (): void => reject(new Cancelled());
		if (signal.aborted) cancel();
		else signal.addEventListener('abort', cancel, {once: true, signal: over.signal});
	});
	try {
		return await Promise.race([waiting, aborted]);
	} finally {
		over.abort();
	}
};
