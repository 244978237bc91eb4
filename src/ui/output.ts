import {linesFrom, whenUnread} from '../platform/real/read-output.ts';
import {setTimeout as wait} from 'node:timers/promises';
import {failureText} from './error-report.ts';
import {exitCode, type Failure, type ExitCode} from '../errors.ts';
import {machineFailure} from '../platform/run-result.ts';
import {Chalk} from 'chalk';

const marked = /^(\s*)([✔!✖])( .*)$/u;

/** A line with its mark in color; the mark means the same without it. */
export const toned = (line: string, colour: boolean): string => {
	const chalk = new Chalk({level: colour ? 1 : 0});
	const tones = {'✔': chalk.green, '!': chalk.yellow, '✖': chalk.red};
	const [, indent = '', mark = '', rest = ''] = marked.exec(line) ?? [];
	return mark === '' ? line : indent + tones[mark as keyof typeof tones](mark) + rest;
};

/**
 * Whether output to a stream may have colors. FORCE_COLOR decides first (https://force-color.org; `0` and
 * `false` turn them off, as chalk has it), then NO_COLOR (https://no-color.org), then the terminal, if it is one.
 */
export const wantsColour = (
	environment: Readonly<Record<string, string | undefined>>,
	isTerminal: boolean,
): boolean => {
	const forced = environment['FORCE_COLOR'] ?? '';
	if (forced !== '') return forced !== '0' && forced !== 'false';
	return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
};

interface Terminal {
	readonly stdin: {readonly setRawMode?: unknown};
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A terminal does not report whether a screen reader is running. INK_SCREEN_READER is the variable of Ink, ACCESSIBLE
 * that of other interactive programs (huh, gum).
 */
const hasScreenReader = ({environment}: Terminal): boolean =>
	environment['INK_SCREEN_READER'] === 'true' ||
	!['', '0', 'false'].includes(environment['ACCESSIBLE'] ?? '');

/** Whether the terminal delivers single keys and can move the cursor. */
export const hasRawMode = ({stdin, environment}: Terminal): boolean =>
	environment['TERM'] !== 'dumb' && typeof stdin.setRawMode === 'function';

/** Whether the terminal cannot show a screen that is redrawn. */
export const needsLines = (terminal: Terminal): boolean => !hasRawMode(terminal) || hasScreenReader(terminal);

/** The output of a command that never asks. */
export interface Output {
	/** Text as it is, to standard output. */
	readonly print: (text: string) => void;
	/** Writes bytes unchanged to standard output and waits until they are accepted; false: the reader is gone. */
	readonly pass: (bytes: Uint8Array) => Promise<boolean>;
	/** Calls back when the reader is gone, even if nothing is written; call the result to stop watching. */
	readonly whenUnread: (then: () => void) => Promise<() => void>;
	/** One line of progress, a warning or a note, to standard error. */
	readonly note: (line: string) => void;
	/** Whether standard output is a terminal. */
	readonly isTerminal: boolean;
	/** Columns of that terminal; undefined if it is not a terminal. */
	readonly columns: number | undefined;
	/** Which of the two may have colors. */
	readonly colour: {readonly print: boolean; readonly note: boolean};
}

/** The output of a process; `print` writes to its standard output. `quiet`: without notes. */
export const processOutput = (
	{
		stdout,
		stderr,
		env,
		pid,
		platform,
	}: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'pid' | 'platform'>,
	{print, quiet}: Pick<Output, 'print'> & {readonly quiet: boolean},
): Output => ({
	print,
	pass: (bytes) =>
		new Promise((resolve) => {
			if (stdout.writable) stdout.write(bytes, (error) => resolve(!error));
			else resolve(false);
		}),
	whenUnread: async (then) => whenUnread({fd: 1, pid, platform}, then),
	note: (line) => {
		if (!quiet) stderr.write(`${line}\n`);
	},
	isTerminal: stdout.isTTY,
	columns: stdout.isTTY ? stdout.columns : undefined,
	colour: {print: wantsColour(env, stdout.isTTY), note: wantsColour(env, stderr.isTTY)},
});

const encoder = new TextEncoder();

/** The output of a command that runs inside a front end: passes on each line as it arrives. */
export const lineOutput = (onLine: (line: string) => void): Output => {
	const {take} = linesFrom();
	const pass = (bytes: Uint8Array): void => take(bytes).forEach((line) => onLine(line));
	return {
		print: (text) => pass(encoder.encode(text)),
		pass: async (bytes) => {
			pass(bytes);
			return true;
		},
		whenUnread: async () => () => undefined,
		note: onLine,
		isTerminal: true,
		columns: undefined,
		colour: {print: false, note: false},
	};
};

type OutputStream = Pick<NodeJS.WriteStream, 'on' | 'write' | 'isTTY'>;
type StreamError = Error & {readonly code?: unknown};

/** What a pipe or a socket answers whose reader has seen enough, as in `vira-setup --help | head`. */
const nobodyReads: readonly unknown[] = ['EPIPE', 'ECONNRESET'];

/** What there is to say of output that could not be written; undefined where nobody wants it. */
const lostOutput = (error: StreamError, {isTTY}: Pick<OutputStream, 'isTTY'>): Failure | undefined => {
	// A terminal fails in no other way than by being closed.
	if (isTTY || nobodyReads.includes(error.code)) return undefined;
	const failure = machineFailure(Object.assign(error, {path: 'standard output'}));
	return failure && {...failure, exit: exitCode.unexpected};
};

/**
 * Ends nothing where something cannot be written, but keeps it in mind. The answer waits until all is out, and tells
 * what was lost.
 */
export const outlive = (stream: OutputStream): (() => Promise<Failure | undefined>) => {
	let first: Error | undefined;
	stream.on('error', (error) => {
		first ??= error;
	});
	return async () => {
		const last = await new Promise<Error | null | undefined>((resolve) => {
			stream.write('', resolve);
		});
		const failure = first ?? last;
		return failure ? lostOutput(failure, stream) : undefined;
	};
};

/** A run that did what it should has not, for a script, when its output is lost. */
const hasDone: readonly ExitCode[] = [exitCode.done, exitCode.wouldChange];

/** The exit status of a run that would have ended with this one. */
const statusWith = (loss: Failure | undefined, code: ExitCode): ExitCode =>
	loss && hasDone.includes(code) ? loss.exit : code;

/** An active reader needs less; one that stopped reading would need forever. */
const patienceMs = 500;

const aborted = (signal: AbortSignal): Promise<unknown> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve(undefined);
		else signal.addEventListener('abort', resolve, {once: true});
	});

/** Waits until everything is written, but only briefly after the run was interrupted. undefined: it was not written. */
const untilWritten = <T>(
	writing: Promise<T>,
	signal: AbortSignal,
): Promise<{readonly answer: T} | undefined> =>
	Promise.race([
		writing.then((answer) => ({answer})),
		aborted(signal)
			.then(() => wait(patienceMs))
			.then(() => undefined),
	]);

/** Waits until all output is out, tells what was lost, and returns the exit status of the run. */
export const statusOnceWritten = async (
	code: ExitCode,
	stderr: OutputStream,
	{lost, signal}: {readonly lost: () => Promise<Failure | undefined>; readonly signal: AbortSignal},
): Promise<ExitCode> => {
	// Output to a pipe is written in the background; exiting earlier would cut it off.
	const written = await untilWritten(lost(), signal);
	const loss = written?.answer;
	if (loss) stderr.write(failureText(loss));
	const told = new Promise((resolve) => stderr.write('', resolve));
	if ((await untilWritten(told, signal)) && written) return statusWith(loss, code);
	return code === exitCode.done ? exitCode.cancelled : code;
};

/** Says of an answer that is all there is to a run that it could not be written, and answers with the exit status. */
export const tellLoss = (
	error: Error,
	{stdout, stderr}: Readonly<Record<'stdout' | 'stderr', NodeJS.WriteStream>>,
): ExitCode => {
	const loss = lostOutput(error, stdout);
	stderr.on('error', () => undefined);
	if (loss) stderr.write(failureText(loss));
	return statusWith(loss, exitCode.done);
};
