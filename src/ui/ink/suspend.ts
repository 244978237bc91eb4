/** What a suspended program gives back, and takes again when it goes on. */
export interface Holding {
	readonly take: () => void;
	readonly release: () => void;
}

/** The parts of node:process that job control needs. */
export type Job = Pick<NodeJS.Process, 'on' | 'off' | 'kill'>;

/** How long a stop may take to arrive. Where nobody could wake us (an orphaned process group), it never does. */
const stopsWithinMs = 100;

export interface Suspension {
	/** Stops the program and all that it runs, as Ctrl-Z does in a shell, with the terminal given back. */
	readonly suspend: () => void;
	/** Leaves the signals to others again. */
	readonly end: () => void;
}

/**
 * Job control (signal(7), setpgid(2)): in raw mode Ctrl-Z is a key like others. The whole process group is stopped, for
 * the shell waits for npx and the like as well.
 */
export const suspensionOf = ({take, release}: Holding, job: Job): Suspension => {
	let stopping: NodeJS.Timeout | undefined;
	const goOn = (): void => {
		clearTimeout(stopping);
		stopping = undefined;
		// Whoever had the terminal meanwhile may have left it in any state.
		release();
		take();
		job.on('SIGTSTP', suspend);
	};
	const continued = (): void => {
		job.off('SIGTSTP', suspend);
		goOn();
	};
	const suspend = (): void => {
		if (stopping) return;
		release();
		// Without a listener it stops us; with one it would only be told.
		job.off('SIGTSTP', suspend);
		stopping = setTimeout(goOn, stopsWithinMs);
		job.kill(0, 'SIGTSTP');
	};
	job.on('SIGTSTP', suspend);
	job.on('SIGCONT', continued);
	return {
		suspend,
		end: () => {
			clearTimeout(stopping);
			job.off('SIGTSTP', suspend);
			job.off('SIGCONT', continued);
		},
	};
};
