// What Ink lacks: in raw mode Ctrl-Z is a key like any other, and nothing stops the program.

/** What a suspended program releases, and takes again when it continues. */
interface Holding {
	readonly take: () => void;
	readonly release: () => void;
}

/** The parts of node:process that job control needs. */
export type JobControl = Pick<NodeJS.Process, 'on' | 'off' | 'kill'>;

/** How long a stop may take to arrive. In an orphaned process group it never does. */
const stopsWithinMs = 100;

export interface Suspension {
	/** Restores the terminal, then stops the program and its processes as Ctrl-Z does in a shell. */
	readonly suspend: () => void;
	/** Removes the signal handlers. */
	readonly end: () => void;
}

/**
 * Job control (signal(7), setpgid(2)): in raw mode Ctrl-Z is an ordinary key. The whole process group is stopped, because
 * the shell also waits for npx and the like.
 */
export const suspensionOf = ({take, release}: Holding, job: JobControl): Suspension => {
	let stopping: NodeJS.Timeout | undefined;
	const goOn = (): void => {
		clearTimeout(stopping);
		stopping = undefined;
		// Another program may have left the terminal in any state.
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
		// The signal stops the process only without a listener.
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
