/*
 * What Inquirer lacks, added between the terminal and its prompts:
 * - the lines of a paste after the first are lost: here they wait for the next question;
 * - text that arrives in one piece is drawn once for each character;
 * - after Ctrl-Z and `fg`, nothing is drawn.
 */
import {EventEmitter} from 'node:events';
import {StringDecoder} from 'node:string_decoder';

/** Divides the input between the prompts. */
interface TypedLines {
	/** The input of the next prompt: one line. `takesRest`: it may be a line that was pasted with the last one. */
	readonly next: (takesRest: boolean) => NodeJS.ReadableStream;
	readonly close: () => void;
}

/** The first line without its line break, and the rest; undefined: there is no line break yet. */
const divided = (text: string): {readonly line: string; readonly rest: string} | undefined => {
	const end = /\r\n|\r|\n/u.exec(text);
	return end ? {line: text.slice(0, end.index), rest: text.slice(end.index + end[0].length)} : undefined;
};

const isPasted = (text: string): boolean => /^[^\p{Cc}]{2,}$/u.test(text);

const press = (prompt: EventEmitter, text: string): void => {
	if (isPasted(text)) prompt.emit('keypress', text, {sequence: text});
	else for (const key of text) prompt.emit('data', key);
};

const spaceAndBackspace = ' \u007F';

/** As much of a stream as readline needs. It pauses its input at the end, but the next prompt uses the same terminal. */
const promptInput = (stdin: NodeJS.ReadStream): EventEmitter => {
	const prompt = new EventEmitter();
	const same = () => prompt;
	let began = false;
	const setRawMode = (on: boolean) => {
		stdin.setRawMode(on);
		// readline turns it off while the program is suspended, and an edit makes Inquirer draw.
		if (on && began) press(prompt, spaceAndBackspace);
		began = true;
		return prompt;
	};
	return Object.assign(prompt, {pause: same, resume: same, setRawMode});
};

/**
 * Input between two questions is ignored unless it was pasted with the last answer: an extra Enter must not accept what
 * the person has not seen.
 */
export const typedLines = (stdin: NodeJS.ReadStream): TypedLines => {
	const decoder = new StringDecoder('utf8');
	let prompt: EventEmitter | undefined;
	let waiting = '';
	const give = (): void => {
		if (!prompt || waiting === '') return;
		const to = prompt;
		const {line, rest} = divided(waiting) ?? {line: waiting};
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
		next: (takesRest) => {
			// Empty lines within a paste are not answers.
			waiting = takesRest ? waiting.replace(/^[\r\n]+/u, '') : '';
			const input = promptInput(stdin);
			prompt = input;
			// The prompt begins to listen when it gets its input.
			queueMicrotask(give);
			return input as unknown as NodeJS.ReadableStream;
		},
		close: () => {
			stdin.off('data', read);
			stdin.pause();
			stdin.setRawMode(false);
		},
	};
};
