import {input} from '@inquirer/prompts';
import {Cancelled} from '../../errors.ts';
import {printable} from '../printable.ts';
import {drawingOn} from './drawing.ts';
import {folded} from '../folded.ts';
import {keyboardOf, type Keyboard} from './keyboard.ts';
import type {Person, Prompt} from './person.ts';

export interface PlainTerminal {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Whether keys arrive one by one; otherwise the terminal edits the line and shows it. */
	readonly raw: boolean;
	/** Ends the question. */
	readonly signal: AbortSignal;
	/** Called when the person ends the run. */
	readonly onQuit: () => void;
}

const asIs = (text: string): string => text;

/** Words instead of Inquirer's signs and colors. */
const theme = {
	prefix: '?',
	style: {message: asIs, answer: asIs, defaultAnswer: (text: string) => `(${text})`},
};

/** Replaces control characters of a paste. The length stays the same because it is counted. */
const visible = (typed: string): string => typed.replaceAll(/\p{Cc}/gu, '�');

/** Ctrl-D on an empty line. Inquirer ignores it and would wait forever. */
const endOfInput = '\u0004';

interface Talk extends Pick<PlainTerminal, 'stdout' | 'signal'> {
	readonly keyboard: Keyboard;
	readonly end: () => void;
}

const askOnce = (
	{message, offer, mask = asIs, takesRest = false}: Prompt,
	{keyboard, stdout, signal, end}: Talk,
): Promise<string> => {
	let typed = '';
	const drawing = drawingOn(stdout, keyboard.raw);
	const line = keyboard.line({takesRest, onResume: drawing.again});
	line.on('data', (key: string) => {
		if (typed === '' && key === endOfInput) end();
	});
	// The offer stays while the person types: the line only grows and need not be redrawn.
	const transformer = (value: string, {isFinal}: {isFinal: boolean}): string => {
		typed = value;
		return value === '' ? '' : `(${offer}) ${visible(isFinal ? mask(value) : value)}`;
	};
	return input({message, default: offer, theme, transformer}, {input: line, output: drawing.stream, signal});
};

/** How a prompt ends without an answer: by Ctrl-C, or from outside. */
const endings: readonly string[] = ['ExitPromptError', 'AbortPromptError'];

/** The person at this terminal. `close` restores it. */
export const personAt = (terminal: PlainTerminal): Person & Pick<Keyboard, 'lend' | 'close'> => {
	const {stdin, stdout, raw, onQuit} = terminal;
	const ended = new AbortController();
	const end = (): void => {
		ended.abort();
		onQuit();
	};
	const leave = (): never => {
		end();
		throw new Cancelled();
	};
	const keyboard = keyboardOf(stdin, raw);
	const talk = {stdout, keyboard, signal: AbortSignal.any([terminal.signal, ended.signal]), end};
	stdin.once('end', end);
	const show = (...lines: readonly string[]): void => {
		stdout.write(lines.map((line) => `${printable(line)}\n`).join(''));
	};
	return {
		show,
		tell: (...messages) => show(...messages.flatMap((one) => folded(one, stdout.columns || Infinity))),
		ask: async (prompt) => {
			try {
				return await askOnce(prompt, talk);
			} catch (error) {
				if (!(error instanceof Error) || !endings.includes(error.name)) throw error;
				if (!raw) show('');
				return leave();
			}
		},
		leave,
		lend: keyboard.lend,
		close: () => {
			stdin.off('end', end);
			keyboard.close();
		},
	};
};
