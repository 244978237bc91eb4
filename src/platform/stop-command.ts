/** What a program that is asked to end has for putting its things in order, such as ending a build. */
const graceMs = 5000;
/** What the kernel has for ending what was killed: what runs as root, or waits for a disk, does not end. */
const lostMs = 1000;

/** Ends a command, and what it has started. */
export interface Stopper {
	/** Asks it to end, and kills it where it does not. */
	readonly end: () => void;
	readonly kill: () => void;
	/** Whether nobody wants any more of it. */
	readonly isOver: () => boolean;
	/** Fulfilled where it was killed, and has not ended. */
	readonly lost: Promise<undefined>;
	/** It has ended: its number may be that of another by now. */
	readonly ended: () => void;
}

/** A program that has started others holds their output open: all of its group has to go (kill(2)). */
const killGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
	try {
		if (pid !== undefined) process.kill(-pid, signal);
	} catch {
		// It has ended by itself in this moment, or runs as root.
	}
};

/** For a command in our own session, which may run as root: no signal of ours reaches that, and it is left alone. */
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
