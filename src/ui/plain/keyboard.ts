import {EventEmitter} from 'node:events';
import {StringDecoder} from 'node:string_decoder';

interface Line {
	/** Whether it may be a line that was pasted with the last one. */
	readonly takesRest: boolean;
	/** Called when the program continues after Ctrl-Z. */
	readonly onResume: () => void;
}

/** Reads what is typed, a line at a time. */
export interface Keyboard {
	/** Whether keys arrive one by one; otherwise the terminal edits the line and shows it. */
	readonly raw: boolean;
	/** The input of one prompt: one line, as it is typed. */
	readonly line: (line: Line) => NodeJS.ReadableStream;
	/** Lends the input to `use`, between two questions. */
	readonly lend: <T>(use: () => Promise<T>) => Promise<T>;
	/** Stops reading. */
	readonly close: () => void;
}

/** The first line without its line break, and the rest; undefined: there is no line break yet. */
const divided = (text: string): {readonly line: string; readonly rest: string} | undefined => {
	const end = /\r\n|\r|\n/u.exec(text);
	return end ? {line: text.slice(0, end.index), rest: text.slice(end.index + end[0].length)} : undefined;
};

/** Text that arrives in one piece is pasted: it becomes one key for readline, which draws a frame for each key. */
const isPasted = (text: string): boolean => /^[^\p{Cc}]{2,}$/u.test(text);

const press = (prompt: EventEmitter, text: string): void => {
	if (isPasted(text)) prompt.emit('keypress', text, {sequence: text});
	else for (const one of text) prompt.emit('data', one);
};

/** As much of a stream as readline needs. It pauses its input at the end, but the next prompt uses the same input. */
const promptInput = (stdin: NodeJS.ReadStream, raw: boolean, onResume: () => void): EventEmitter => {
	const prompt = new EventEmitter();
	const same = () => prompt;
	let began = false;
	const setRawMode = (on: boolean) => {
		stdin.setRawMode(on);
		// readline turns it off while the program is suspended.
		if (on && began) onResume();
		began = true;
		return prompt;
	};
	return Object.assign(prompt, {pause: same, resume: same, ...(raw && {setRawMode})});
};

const withPaused = async <T>(stdin: NodeJS.ReadStream, use: () => Promise<T>): Promise<T> => {
	stdin.pause();
	try {
		return await use();
	} finally {
		stdin.resume();
	}
};

/**
 * Divides the input between the questions. Input between two questions is ignored unless it was pasted with the last
 * answer: an extra Enter must not accept what the person has not seen.
 */
export const keyboardOf = (stdin: NodeJS.ReadStream, raw: boolean): Keyboard => {
	const decoder = new StringDecoder('utf8');
	let prompt: EventEmitter | undefined;
	let waiting = '';
	const give = (): void => {
		if (!prompt || waiting === '') return;
		const to = prompt;
		const {line, rest} = divided(waiting) ?? {line: waiting, rest: undefined};
		waiting = rest ?? '';
		if (rest !== undefined) prompt = undefined;
		press(to, line);
		if (rest !== undefined) press(to, '\r');
	};
	const read = (bytes: Buffer): void => {
		waiting += decoder.write(bytes);
		give();
	};
	stdin.on('data', read);
	// An earlier reader may have paused it.
	stdin.resume();
	return {
		raw,
		line: ({takesRest, onResume}) => {
			// Empty lines within a paste are not answers.
			waiting = takesRest ? waiting.replace(/^[\r\n]+/u, '') : '';
			const next = promptInput(stdin, raw, onResume);
			prompt = next;
			// The prompt begins to listen when it gets its input.
			queueMicrotask(give);
			return next as unknown as NodeJS.ReadableStream;
		},
		lend: (use) => withPaused(stdin, use),
		close: () => {
			stdin.off('data', read);
			stdin.pause();
			if (raw) stdin.setRawMode(false);
		},
	};
};
