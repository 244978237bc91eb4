import {PassThrough} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';

/** What is typed, a line at a time. */
export interface Keyboard {
	/** Whether keys arrive one by one; else the terminal itself edits the line, and shows what is typed. */
	readonly raw: boolean;
	/** A stream for one prompt: ends its input after one line, and leaves the rest for the next. */
	readonly line: (takesRest: boolean) => NodeJS.ReadableStream;
	/** Nothing is read any more. */
	readonly close: () => void;
}

const lineEnd = /\r\n|\r|\n/u;

/** The first line with its end, and what follows; the whole text where it has no end. */
const divided = (text: string): readonly [line: string, rest: string] => {
	const end = lineEnd.exec(text);
	if (!end) return [text, ''];
	const length = end.index + end[0].length;
	return [text.slice(0, end.index) + '\r', text.slice(length)];
};

/** Lines that are empty within a paste are no answers. */
const withoutEmptyLines = (text: string): string => text.replace(/^[\r\n]+/u, '');

/** Inquirer's interface pauses its input when it has its answer; here the next question goes on with it. */
const promptInput = (stdin: NodeJS.ReadStream, raw: boolean): PassThrough => {
	const stream = new PassThrough();
	const setRawMode = (on: boolean) => {
		stdin.setRawMode(on);
		return stream;
	};
	return Object.assign(stream, {pause: () => stream}, raw ? {setRawMode} : {});
};

/**
 * Divides what is typed between the questions. What arrives between two of them is nobody's answer, unless it was
 * pasted: Enter pressed too often must not accept what has not been seen.
 */
export const keyboardOf = (stdin: NodeJS.ReadStream, raw: boolean): Keyboard => {
	const decoder = new StringDecoder('utf8');
	let prompt: PassThrough | undefined;
	let waiting = '';
	const give = (to: PassThrough): void => {
		const [line, rest] = divided(waiting);
		waiting = rest;
		if (line.endsWith('\r')) prompt = undefined;
		to.write(line);
	};
	const read = (bytes: Buffer): void => {
		waiting += decoder.write(bytes);
		if (prompt && waiting !== '') give(prompt);
	};
	stdin.on('data', read);
	// Whoever read it before has paused it.
	stdin.resume();
	return {
		raw,
		line: (takesRest) => {
			prompt = promptInput(stdin, raw);
			waiting = takesRest ? withoutEmptyLines(waiting) : '';
			if (waiting !== '') give(prompt);
			return prompt;
		},
		close: () => {
			stdin.off('data', read);
			stdin.pause();
			if (raw) stdin.setRawMode(false);
		},
	};
};
