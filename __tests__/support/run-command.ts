import {fixText} from '../../src/notice.ts';
import {failureText, maskedReport} from '../../src/ui/error-report.ts';
import {failureFrom} from '../../src/platform/run-result.ts';
import type {Failure} from '../../src/errors.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import type {Output} from '../../src/ui/output.ts';
import {failureDocument} from '../../src/ui/scripted/document.ts';
import {scriptedUi} from '../../src/ui/scripted/scripted-ui.ts';
import {runners} from '../../src/commands/run.ts';
import type {System} from '../../src/platform/system.ts';
import {unitOwnerOf} from '../../src/simulator/open-system.ts';
import {pictureOf, type Pictured} from './picture-of.ts';
import {validDocument, type Document} from './valid-document.ts';

/** The differences from a script that runs the command with pipes for its output, and lets it exit. */
export interface Around {
	readonly signal?: AbortSignal;
	readonly output?: Partial<Output>;
}

interface Written {
	readonly stdout: string[];
	readonly bytes: Uint8Array[];
	/** Standard error, line by line. */
	readonly stderr: string[];
	/** Which command ran, once the arguments were read. */
	command: string | undefined;
}

const outputTo = ({stdout, bytes, stderr}: Written): Output => ({
	print: (text) => stdout.push(text),
	pass: async (piece) => {
		bytes.push(piece);
		return true;
	},
	whenUnread: async () => () => undefined,
	note: (line) => stderr.push(line),
	isTerminal: false,
	columns: undefined,
	colour: {print: false, note: false},
});

const runWith = async (
	system: System,
	words: readonly string[],
	{written, signal = new AbortController().signal, output = {}}: Around & {readonly written: Written},
): Promise<number> => {
	const request = await parseRequest(words, {
		environment: {},
		read: (path) => system.readFile(path),
		unitOwner: () => unitOwnerOf(system, undefined),
	});
	written.command = request.command;
	const ui = scriptedUi({
		print: (line) => written.stdout.push(`${line}\n`),
		report: (line) => written.stderr.push(line),
		json: request.json,
		quiet: request.quiet,
		check: request.check,
		misgiven: request.problems,
		consent: request.consent,
		requireReady: request.requireReady,
		signal,
		simulation: false,
		inTerminal: false,
		command: request.command,
	});
	const run = runners[request.printCommand ? 'print-command' : request.command];
	const shown = {
		opening: Promise.resolve(ui),
		output: {...outputTo(written), ...(request.quiet && {note: () => undefined}), ...output},
	};
	const code = await run({request, system, signal}, shown);
	if (code === 'simulate') throw new Error('A script is never asked whether to try a simulated machine.');
	return code;
};

interface Ended {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: readonly string[];
	/** The refusal, if any. */
	readonly thrown: Error | undefined;
}

const stdoutOf = ({stdout, bytes}: Written): string => stdout.join('') + Buffer.concat(bytes).toString();

/** Any command of the program, run in this process on a simulated machine; an error is printed as `main` prints it. */
const runToEnd = async (system: System, words: readonly string[], around: Around = {}): Promise<Ended> => {
	const written: Written = {stdout: [], bytes: [], stderr: [], command: undefined};
	const end = (code: number, thrown?: Error): Ended => ({
		code,
		stdout: stdoutOf(written),
		stderr: written.stderr,
		thrown,
	});
	try {
		return end(await runWith(system, words, {...around, written}));
	} catch (error) {
		const failure = maskedReport(failureFrom(error));
		if (words.includes('--json') && stdoutOf(written) === '')
			written.stdout.push(
				JSON.stringify(failureDocument(failure, {command: written.command, simulation: false})),
			);
		else written.stderr.push(...failureText(failure).trimEnd().split('\n'));
		return end(failure.exit, error as Error);
	}
};

type Typed = string | readonly string[];

/** As typed: a text is split at its spaces. */
const wordsOf = (typed: Typed): readonly string[] => (typeof typed === 'string' ? typed.split(' ') : typed);

/** A command in lines: its exit status, then standard output; if that is empty, standard error. */
export const lines = async (
	system: System,
	typed: Typed,
	around: Around = {},
): Promise<readonly (number | string)[]> => {
	const {code, stdout, stderr} = await runToEnd(system, wordsOf(typed), around);
	return [code, ...(stdout === '' ? stderr : stdout.trimEnd().split('\n'))];
};

/** The progress that a command reports on standard error, line by line. */
export const progress = async (
	system: System,
	typed: Typed,
	around: Around = {},
): Promise<readonly string[]> => (await runToEnd(system, wordsOf(typed), around)).stderr;

/** A command with --json: its exit status, and its one document, which matches the schema. */
export const told = async (
	system: System,
	typed: Typed,
	around: Around = {},
): Promise<readonly [number, Document]> => {
	const {code, stdout} = await runToEnd(system, [...wordsOf(typed), '--json'], around);
	return [code, validDocument(stdout)];
};

export interface Attempt {
	readonly code: number;
	readonly document: Document;
	/** All its output, on either stream. */
	readonly written: string;
}

const attemptWith = async (
	system: System,
	words: readonly string[],
): Promise<Attempt & {readonly thrown: Error | undefined}> => {
	const {code, stdout, stderr, thrown} = await runToEnd(system, ['--json', ...words]);
	return {code, document: validDocument(stdout), written: [...stderr, stdout].join('\n'), thrown};
};

/** A command with --json, however it ends; an error after the document is a bug. */
export const attempt = async (system: System, ...words: readonly string[]): Promise<Attempt> => {
	const {thrown, ...ended} = await attemptWith(system, words);
	if (thrown !== undefined && ended.document.outcome !== 'failed' && ended.document.outcome !== 'cancelled')
		throw thrown;
	return ended;
};

/** The same, for a command that is not refused. */
export const run = async (system: System, ...words: readonly string[]): Promise<Attempt> => {
	const {thrown, ...ended} = await attemptWith(system, words);
	if (thrown !== undefined) throw thrown;
	return ended;
};

/** The refusal of a command. */
export const refusal = async (system: System, ...words: readonly string[]): Promise<unknown> =>
	run(system, ...words).then(
		() => 'not refused',
		(error: unknown) => (error as {readonly failure: unknown}).failure,
	);

/** The refusal of a command, with its fixes as they are printed. */
export const printedRefusal = async (system: System, ...words: readonly string[]): Promise<unknown> => {
	const failure = (await refusal(system, ...words)) as Failure | 'not refused';
	return failure === 'not refused' ? failure : {...failure, fixes: failure.fixes?.map(fixText)};
};

/** As refusal: the exit status, the lines of the message, and whether anything changed. */
export const refusedWith = async (system: Pictured, ...words: readonly string[]) => {
	const before = await pictureOf(system);
	const failure = (await refusal(system, ...words)) as Failure | 'not refused';
	const changed = JSON.stringify(before) !== JSON.stringify(await pictureOf(system));
	if (failure === 'not refused') return {status: 0, said: [], changed};
	return {status: failure.exit, said: failure.message.split('\n'), changed};
};
