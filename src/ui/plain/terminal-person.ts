import {createInterface} from 'node:readline/promises';
import {input} from '@inquirer/prompts';
import {Cancelled} from '../../errors.ts';
import {wrapSentence, printable} from '../text.ts';
import {typedLines} from './typed-lines.ts';
import {type Fix, fixText} from '../../notice.ts';

/** A question on one line. */
interface Prompt {
	readonly message: string;
	/** The answer for Enter, as shown; it can also be typed. */
	readonly offer: string;
	/** What stays on the screen of the answer. */
	readonly mask?: (answer: string) => string;
	/** Whether lines that were pasted with the last answer are answers to this question. */
	readonly takesRest?: boolean;
}

/** The person at the terminal, who reads and types lines. */
export interface Person {
	/** Shows sentences, wrapped between words. */
	readonly tell: (...messages: readonly string[]) => void;
	/** Shows lines without wrapping: commands to copy, contents of files. */
	readonly show: (...lines: readonly string[]) => void;
	/** Asks for an answer. Throws Cancelled when the run is ended. */
	readonly ask: (prompt: Prompt) => Promise<string>;
	/** Ends the run: throws Cancelled. */
	readonly leave: () => never;
}

/** Whether the person asks for help. */
export const wantsToKnow = (answer: string): boolean => answer.trim() === '?';

/** Shows fixes: each line is a sentence or a command to copy. */
export const advise = (person: Person, fixes: readonly Fix[], indent: string): void => {
	for (const line of fixes.map(fixText)) {
		if (/[.:]$/u.test(line)) person.tell(indent + line);
		else person.show(indent + line);
	}
};

export interface NumberedChoice<T> {
	readonly value: T;
	readonly label: string;
}

interface Choosing<T> {
	readonly what: string;
	/** Numbered from 1, in this order. */
	readonly among: readonly NumberedChoice<T>[];
	/** The answer for Enter. */
	readonly first: T;
	/** Explains the choice, for `?`. */
	readonly explain?: () => void;
}

export const notANumber = (highest: number): string => `✖ Type a number from 1 to ${highest}`;

/** One of several answers, by its number. */
export const choose = async <T>(person: Person, {what, among, first, explain}: Choosing<T>): Promise<T> => {
	const tellChoices = (): void => person.tell(...among.map(({label}, index) => `  ${index + 1}. ${label}`));
	const offer = String(among.findIndex(({value}) => value === first) + 1);
	tellChoices();
	for (;;) {
		const answer = (await person.ask({message: what, offer})).trim() || offer;
		const chosen = /^\d+$/u.test(answer) ? among[Number(answer) - 1] : undefined;
		if (chosen) return chosen.value;
		if (!wantsToKnow(answer)) person.tell(`${notANumber(among.length)}.`);
		else {
			explain?.();
			tellChoices();
		}
	}
};

export interface PlainTerminal {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Whether Inquirer draws the prompts; otherwise only lines are written, and the terminal shows what is typed. */
	readonly draws: boolean;
	/** Ends the question. */
	readonly signal: AbortSignal;
	/** Called when the person ends the run. */
	readonly onQuit: () => void;
}

interface Asker {
	readonly ask: (prompt: Prompt, signal: AbortSignal) => Promise<string>;
	readonly close: () => void;
}

const asIs = (text: string): string => text;

/** Words instead of Inquirer's signs and colors. */
const theme = {
	prefix: '?',
	style: {message: asIs, answer: asIs, defaultAnswer: (text: string) => `(${text})`},
};

/** Replaces control characters of a paste. The length stays the same because it is counted. */
const withoutControls = (typed: string): string => typed.replaceAll(/\p{Cc}/gu, '�');

/** Ctrl-D on an empty line. Inquirer ignores it and would wait forever. */
const endOfInput = '\u0004';

const askerWithInquirer = ({stdin, stdout}: PlainTerminal, end: () => void): Asker => {
	const lines = typedLines(stdin);
	return {
		ask: ({message, offer, mask = asIs, takesRest = false}, signal) => {
			const line = lines.next(takesRest);
			let typed = '';
			line.on('data', (key: string) => {
				if (typed === '' && key === endOfInput) end();
			});
			const transformer = (value: string, {isFinal}: {isFinal: boolean}): string => {
				typed = value;
				return value === '' ? '' : `(${offer}) ${withoutControls(isFinal ? mask(value) : value)}`;
			};
			return input({message, default: offer, theme, transformer}, {input: line, output: stdout, signal});
		},
		close: lines.close,
	};
};

/** Inquirer needs to move the cursor: it draws the line again for each key. */
const askerInLines = ({stdin, stdout}: PlainTerminal): Asker => {
	const lines = createInterface({input: stdin, output: stdout, terminal: false});
	const pasted: string[] = [];
	lines.on('line', (line) => {
		if (line !== '') pasted.push(line);
	});
	return {
		ask: async ({message, offer, takesRest = false}, signal) => {
			if (!takesRest) pasted.splice(0);
			const answer = pasted.shift() ?? (await lines.question(`? ${message} (${offer}) `, {signal}));
			return answer || offer;
		},
		close: () => lines.close(),
	};
};

/** Ctrl-C within a prompt of Inquirer. */
const isExit = (error: unknown): boolean => error instanceof Error && error.name === 'ExitPromptError';

const withPaused = async <T>(stdin: NodeJS.ReadStream, use: () => Promise<T>): Promise<T> => {
	stdin.pause();
	try {
		return await use();
	} finally {
		stdin.resume();
	}
};

interface TerminalPerson extends Person {
	/** Lends the input to `use`, between two questions. */
	readonly lend: <T>(use: () => Promise<T>) => Promise<T>;
	readonly close: () => void;
}

/** The person at this terminal. `close` restores it. */
export const personAt = (terminal: PlainTerminal): TerminalPerson => {
	const {stdin, stdout, draws, onQuit} = terminal;
	const ended = new AbortController();
	const signal = AbortSignal.any([terminal.signal, ended.signal]);
	const end = (): void => {
		ended.abort();
		onQuit();
	};
	const leave = (): never => {
		end();
		throw new Cancelled();
	};
	const asker = draws ? askerWithInquirer(terminal, end) : askerInLines(terminal);
	stdin.once('end', end);
	const show = (...lines: readonly string[]): void => {
		stdout.write(lines.map((line) => `${printable(line)}\n`).join(''));
	};
	return {
		show,
		tell: (...messages) => show(...messages.flatMap((one) => wrapSentence(one, stdout.columns || Infinity))),
		ask: async (prompt) => {
			try {
				return await asker.ask(prompt, signal);
			} catch (error) {
				if (!signal.aborted && !isExit(error)) throw error;
				return leave();
			}
		},
		leave,
		lend: (use) => withPaused(stdin, use),
		close: () => {
			stdin.off('end', end);
			asker.close();
		},
	};
};
