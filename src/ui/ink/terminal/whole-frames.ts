// What Ink lacks: it draws a change before layout effects have run, and what they change (how far the lines are scrolled)
// in a second frame. This keeps the first one until the second is drawn, and makes one of both.

import {inFewerBytes} from './fewer-bytes.ts';

/** If nothing changes on the screen after all. */
const givenUpAfterMs = 50;

/** The end of a synchronized update, and the beginning of the next one (mode 2026, which Ink uses for each frame). */
const betweenFrames = '\u001B[?2026l\u001B[?2026h';

export interface WholeFrames {
	/** The terminal, for everything that is written while the wizard has it. */
	readonly stdout: NodeJS.WriteStream;
	/** Keeps what is written from now on; `scrolls`: the scroll position changed. */
	readonly hold: (scrolls: boolean) => void;
	/** The change is laid out: what was kept is written, as soon as the other frame is there. */
	readonly settle: () => void;
	/** Writes it now. */
	readonly release: () => void;
}

interface Held {
	text: string;
	readonly written: (() => void)[];
	readonly timer: NodeJS.Timeout;
	/** Whether another frame follows. */
	waits: boolean;
}

/** The terminal with another way to write to it. */
const withWrite = (terminal: NodeJS.WriteStream, write: (text: string, then?: () => void) => boolean) =>
	new Proxy(terminal, {
		get: (_, name): unknown => {
			if (name === 'write') return write;
			const value: unknown = Reflect.get(terminal, name);
			return typeof value === 'function' ? (value.bind(terminal) as unknown) : value;
		},
	});

/** `draw` lets Ink draw at once what it would draw later. */
export const wholeFramesOn = (terminal: NodeJS.WriteStream, draw: () => Promise<void>): WholeFrames => {
	let held: Held | undefined;
	const release = (): void => {
		if (!held) return;
		const {text, written, timer} = held;
		held = undefined;
		clearTimeout(timer);
		terminal.write(inFewerBytes(text.replaceAll(betweenFrames, '')), () => {
			for (const then of written) then();
		});
	};
	const write = (text: string, then?: () => void): boolean => {
		if (!held) return terminal.write(inFewerBytes(text), then);
		held.text += text;
		if (then) held.written.push(then);
		return true;
	};
	return {
		stdout: withWrite(terminal, write),
		hold: (scrolls) => {
			// A change while one is held is what its layout has told.
			if (held) held.waits ||= scrolls;
			else held = {text: '', written: [], timer: setTimeout(release, givenUpAfterMs), waits: false};
		},
		settle: () => {
			if (!held?.waits) {
				release();
				return;
			}
			clearTimeout(held.timer);
			setImmediate(() => {
				// Ink draws in the next turn of the event loop, before what comes after it in that turn.
				void draw();
				setImmediate(release);
			});
		},
		release,
	};
};
