/** The time that a program gets to end cleanly, such as to stop a build. */
const graceMs = 5000;
/** The time after which a killed program counts as lost: it runs as root, or waits for a disk. */
const lostMs = 1000;

/** Ends a command and everything it started. */
export interface Stopper {
	/** Asks it to end, and kills it if it does not. */
	readonly end: () => void;
	readonly kill: () => void;
	/** Whether its output is no longer wanted. */
	readonly isOver: () => boolean;
	/** Resolves if it was killed but does not end. */
	readonly lost: Promise<undefined>;
	/** It has ended: its PID may belong to another process by now. */
	readonly ended: () => void;
}

/** Programs that it started keep the output open, so the whole group is killed (kill(2)). */
const killGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
	try {
		if (pid !== undefined) process.kill(-pid, signal);
	} catch {
		// It has just ended, or runs as root.
	}
};

/** For a command in our own session, which may run as root: we cannot signal it, so it is left running. */
export const leftAlone = (): Stopper => {
	const state = {over: false};
	let giveUp: () => void = () => undefined;
	const lost = new Promise<undefined>((resolve) => {
		giveUp = () => {
			state.over = true;
			resolve(undefined);
		};
	});
	return {end: giveUp, kill: giveUp, isOver: () => state.over, lost, ended: () => undefined};
};

/** For a command that is the first of its process group. */
export const stopperFor = ({pid}: {readonly pid?: number | undefined}): Stopper => {
	const state: {over: boolean; group: number | undefined; timer?: NodeJS.Timeout} = {over: false, group: pid};
	let giveUp: () => void = () => undefined;
	const lost = new Promise<undefined>((resolve) => {
		giveUp = () => resolve(undefined);
	});
	const then = (ms: number, what: () => void): void => {
		clearTimeout(state.timer);
		if (state.group !== undefined) state.timer = setTimeout(what, ms);
	};
	const kill = (): void => {
		state.over = true;
		killGroup(state.group, 'SIGKILL');
		then(lostMs, giveUp);
	};
	return {
		end: () => {
			state.over = true;
			killGroup(state.group, 'SIGTERM');
			then(graceMs, kill);
		},
		kill,
		isOver: () => state.over,
		lost,
		ended: () => {
			clearTimeout(state.timer);
			state.group = undefined;
		},
	};
};
