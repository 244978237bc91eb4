import {complaintFor, complaintText, masked} from '../../src/complaint.ts';
import {parseRequest, type Request} from '../../src/request.ts';
import {failureDocument} from '../../src/ui/scripted/document.ts';
import type {Output} from '../../src/ui/output.ts';
import {doctor} from '../../src/verbs/doctor.ts';
import {logs} from '../../src/verbs/logs.ts';
import {restart} from '../../src/verbs/restart.ts';
import {start} from '../../src/verbs/start.ts';
import {status} from '../../src/verbs/status.ts';
import {stop} from '../../src/verbs/stop.ts';
import type {Run} from '../../src/verbs/run.ts';
import type {System} from '../../src/platform/system.ts';
import {validDocument, type Document} from './valid-document.ts';

type Runner = (run: Run, output: Output) => Promise<number>;

const runners: Readonly<Record<string, Runner>> = {status, start, stop, restart, logs, doctor};

interface Said {
	readonly code: number;
	/** What is on standard output. */
	readonly printed: string;
	/** What is on standard error, line by line. */
	readonly notes: readonly string[];
}

export interface Saying {
	readonly signal?: AbortSignal;
	readonly output?: Partial<Output>;
}

const requestOf = (words: readonly string[]): Promise<Request> =>
	parseRequest(words, {environment: {}, read: () => Promise.resolve(undefined)});

/** Runs a verb as the program does: what is thrown is told at its end. */
const say = async (
	system: System,
	words: readonly string[],
	{signal = new AbortController().signal, output = {}}: Saying = {},
): Promise<Said> => {
	const printed: string[] = [];
	const passed: Uint8Array[] = [];
	const notes: string[] = [];
	const streams: Output = {
		print: (text) => printed.push(text),
		pass: async (bytes) => {
			passed.push(bytes);
			return true;
		},
		whenUnread: async () => () => undefined,
		note: (line) => notes.push(line),
		isTerminal: false,
		columns: undefined,
		colour: {print: false, note: false},
		...output,
	};
	const end = (code: number): Said => ({
		code,
		printed: printed.join('') + Buffer.concat(passed).toString(),
		notes,
	});
	try {
		const request = await requestOf(words);
		const runner = runners[request.verb];
		if (!runner) throw new Error(`There is no runner of ${request.verb} here.`);
		return end(await runner({request, system, signal}, streams));
	} catch (error) {
		const complaint = masked(complaintFor(error));
		if (words.includes('--json'))
			printed.push(JSON.stringify(failureDocument(complaint, {rehearsal: false})));
		else notes.push(...complaintText(complaint).trimEnd().split('\n'));
		return end(complaint.code);
	}
};

type Typed = string | readonly string[];

/** As typed: a text is divided at its blanks. */
const wordsOf = (typed: Typed): readonly string[] => (typeof typed === 'string' ? typed.split(' ') : typed);

/** A verb in lines: its exit status, and what it prints; of a complaint, what is on standard error. */
export const lines = async (
	system: System,
	typed: Typed,
	saying: Saying = {},
): Promise<readonly (number | string)[]> => {
	const {code, printed, notes} = await say(system, wordsOf(typed), saying);
	return [code, ...(printed === '' ? notes : printed.trimEnd().split('\n'))];
};

/** The progress that a verb tells on standard error. */
export const progress = async (
	system: System,
	typed: Typed,
	saying: Saying = {},
): Promise<readonly string[]> => (await say(system, wordsOf(typed), saying)).notes;

/** A verb with --json: its exit status, and its one document, which the schema holds for. */
export const told = async (
	system: System,
	typed: Typed,
	saying: Saying = {},
): Promise<readonly [number, Document]> => {
	const {code, printed} = await say(system, [...wordsOf(typed), '--json'], saying);
	return [code, validDocument(printed)];
};
