import {patienceMs, readStrokes, strokesOfRest, type Stroke} from './keystrokes.ts';

export interface Keyboard {
	/** Takes the terminal's input, key by key. */
	readonly take: () => void;
	/** Stops reading the input. */
	readonly release: () => void;
}

/** The keys that are pressed while the keyboard is taken. */
export const keyboardOf = (stdin: NodeJS.ReadStream, onStroke: (stroke: Stroke) => void): Keyboard => {
	let rest = '';
	let waiting: NodeJS.Timeout | undefined;
	const tell = (strokes: readonly Stroke[]): void => {
		for (const stroke of strokes) onStroke(stroke);
	};
	const giveUp = (): void => {
		const unfinished = rest;
		rest = '';
		tell(strokesOfRest(unfinished));
	};
	const read = (data: string): void => {
		clearTimeout(waiting);
		const known = readStrokes(rest + data);
		rest = known.rest;
		if (rest !== '') waiting = setTimeout(giveUp, patienceMs(rest));
		tell(known.strokes);
	};
	return {
		take: () => {
			if (stdin.isTTY) stdin.setRawMode(true);
			stdin.setEncoding('utf8');
			stdin.on('data', read);
			stdin.resume();
		},
		release: () => {
			clearTimeout(waiting);
			rest = '';
			stdin.off('data', read);
			stdin.pause();
			if (stdin.isTTY) stdin.setRawMode(false);
		},
	};
};
