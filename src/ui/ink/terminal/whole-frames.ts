// What Ink lacks: it draws a change before layout effects have run, and what they change (how far the lines are scrolled,
// where the cursor is) in a second frame. This keeps the first one until the second has come, so that both arrive at once.

/** Longer than Ink takes between two frames. */
const settlesWithinMs = 4;

/** If nothing changes on the screen. */
const givenUpAfterMs = 50;

export interface WholeFrames {
	/** Keeps what is written from now on; `scrolls`: another frame follows the next one. */
	readonly hold: (scrolls: boolean) => void;
	/** The change is laid out: what was kept is written, as soon as the other frame is there. */
	readonly settle: () => void;
	/** Writes it now. */
	readonly release: () => void;
}

export const wholeFramesOn = (stdout: NodeJS.WriteStream): WholeFrames => {
	let timer: NodeJS.Timeout | undefined;
	let waits = false;
	let heldSince = 0;
	const release = (): void => {
		if (!timer) return;
		clearTimeout(timer);
		timer = undefined;
		stdout.uncork();
	};
	return {
		hold: (scrolls) => {
			waits = scrolls || (waits && timer !== undefined);
			if (timer) return;
			stdout.cork();
			heldSince = performance.now();
			timer = setTimeout(release, givenUpAfterMs);
		},
		settle: () => {
			if (!timer) return;
			if (!waits || performance.now() - heldSince > givenUpAfterMs) return release();
			// From the last change on: it takes a while to lay it out.
			clearTimeout(timer);
			timer = setTimeout(release, settlesWithinMs);
		},
		release,
	};
};
