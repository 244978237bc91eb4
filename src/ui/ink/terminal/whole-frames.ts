// What Ink lacks: it draws a change before layout effects have run, and what they change (how far the lines are scrolled)
// in a second frame. This keeps the first one until the second is drawn, so that both arrive at once.

/** If nothing changes on the screen after all. */
const givenUpAfterMs = 50;

export interface WholeFrames {
	/** Keeps what is written from now on; `scrolls`: the scroll position changed. */
	readonly hold: (scrolls: boolean) => void;
	/** The change is laid out: what was kept is written, as soon as the other frame is there. */
	readonly settle: () => void;
	/** Writes it now. */
	readonly release: () => void;
}

/** `draw` lets Ink draw at once what it would draw later. */
export const wholeFramesOn = (stdout: NodeJS.WriteStream, draw: () => Promise<void>): WholeFrames => {
	let timer: NodeJS.Timeout | undefined;
	let waits = false;
	const release = (): void => {
		clearTimeout(timer);
		if (timer) stdout.uncork();
		timer = undefined;
		waits = false;
	};
	return {
		hold: (scrolls) => {
			// A change while one is held is what its layout has told.
			if (timer) waits ||= scrolls;
			else stdout.cork();
			timer ??= setTimeout(release, givenUpAfterMs);
		},
		settle: () => {
			if (!waits) {
				release();
				return;
			}
			setImmediate(() => {
				// Ink draws in the next turn of the event loop, before what comes after it in that turn.
				void draw();
				setImmediate(release);
			});
		},
		release,
	};
};
