// What Ink lacks: it draws a change before layout effects have run, and what they change (how far the lines are scrolled,
// where the cursor is) in a second frame. This keeps the first one until the second has come, so that both arrive at once.

/** Longer than Ink takes between two frames. */
const settlesWithinMs = 2;

/** If nothing changes on the screen. */
const gaveUpAfterMs = 50;

export interface WholeFrames {
	/** Keeps what is written from now on. */
	readonly hold: () => void;
	/** The change is laid out: what was kept is written soon. */
	readonly settle: () => void;
	/** Writes it now. */
	readonly release: () => void;
}

export const wholeFramesOn = (stdout: NodeJS.WriteStream): WholeFrames => {
	let timer: NodeJS.Timeout | undefined;
	const release = (): void => {
		if (!timer) return;
		clearTimeout(timer);
		timer = undefined;
		stdout.uncork();
	};
	const within = (ms: number): void => {
		clearTimeout(timer);
		timer = setTimeout(release, ms);
	};
	return {
		hold: () => {
			if (!timer) stdout.cork();
			within(gaveUpAfterMs);
		},
		settle: () => {
			if (timer) within(settlesWithinMs);
		},
		release,
	};
};
