import {EventEmitter} from 'node:events';
import {StringDecoder} from 'node:string_decoder';

interface Line {
	/** Whether it can be one that was pasted with the last. */
	readonly takesRest: boolean;
	/** The program goes on after it was suspended (Ctrl-Z). */
	readonly onResume: () => void;
}

/** What is typed, a line at a time. */
export interface Keyboard {
	/** Whether keys arrive one by one; else the terminal itself edits the line, and shows what is typed. */
	readonly raw: boolean;
	/** The input of one prompt: one line, as it is typed. */
	readonly line: (line: Line) => NodeJS.ReadableStream;
	/** Leaves the input to somebody else for as long as `use` takes; between two questions. */
	readonly lend: <T>(use: () => Promise<T>) => Promise<T>;
	/** Nothing is read any more. */
	readonly close: () => void;
}

/** The first line without its end, and what follows it; undefined: there is no end yet. */
const divided = (text: string): {readonly line: string; readonly rest: string} | undefined => {
	const end = /\r\n|\r|\n/u.exec(text);
	return end ? {line: text.slice(0, end.index), rest: text.slice(end.index + end[0].length)} : undefined;
};

/** What comes at once is pasted: it is one key to readline, for each is a frame to draw. */
const isPasted = (text: string): boolean => /^[^\p{Cc}]{2,}$/u.test(text);

const press = (prompt: EventEmitter, text: string): void => {
	if (isPasted(text)) prompt.emit('keypress', text, {sequence: text});
	else for (const one of text) prompt.emit('data', one);
};

/** As much of a stream as readline needs. It pauses its input when it is done; the next prompt goes on with the same. */
const promptInput = (stdin: NodeJS.ReadStream, raw: boolean, onResume: () => void): EventEmitter => {
	const prompt = new EventEmitter();
	const same = () => prompt;
	let began = false;
	const setRawMode = (on: boolean) => {
		stdin.setRawMode(on);
		// readline takes it back while the program is suspended.
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
 * Divides what is typed between the questions. What arrives between two of them is nobody's answer, unless it was
 * pasted with the last one: Enter pressed too often must not accept what has not been seen.
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
	// Whoever read it before has paused it.
	stdin.resume();
	return {
		raw,
		line: ({takesRest, onResume}) => {
			// Lines that are empty within a paste are no answers.
			waiting = takesRest ? waiting.replace(/^[\r\n]+/u, '') : '';
			const next = promptInput(stdin, raw, onResume);
			prompt = next;
			// The prompt listens as soon as it has its input.
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
