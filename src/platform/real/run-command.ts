import {getSystemErrorMap} from 'node:util';
import {execa} from 'execa';
import {linesFrom} from '../lines-from.ts';
import {
	defaultMostBytes,
	handOn,
	keepEnd,
	keepUpTo,
	readInto,
	type Reading,
	type Sink,
} from './read-output.ts';
import {leftAlone, stopperFor, type Stopper} from './stop-command.ts';
import type {Command, RunOptions, RunResult, System} from '../system.ts';

const defaultTimeLimitMs = 10_000;
/** Of output that is passed on line by line, the end is kept: the last lines show why a build failed. */
const keptOfLines = 2 ** 20;

/** How often it is checked, and how many times, whether a command that has ended left something to read. */
const lookEveryMs = 50;
const looks = 5;

type Environment = Record<string, string | undefined>;

const start = ([program, ...arguments_]: Command, env: Environment, detached: boolean) =>
	execa(program, arguments_, {
		env,
		extendEnv: false,
		cwd: '/',
		stdin: 'ignore',
		reject: false,
		buffer: false,
		detached,
	});

type Running = ReturnType<typeof start>;

/**
 * After the command itself has ended, its remaining output is read, and then the streams are released: a child that it
 * started in its own session, as SSH's ControlPersist does, would keep them open. Data in a pipe is read in the next
 * turn of the event loop, so if a few checks in a row find nothing being taken, nothing is left.
 */
const letGoAfter = (running: Running, readings: readonly Reading[], {isOver}: Stopper): void => {
	let idle = 0;
	const look = (): void => {
		if (isOver() || !readings.some(({isBusy}) => isBusy())) idle += 1;
		if (idle >= looks) readings.forEach(({letGo}) => letGo());
	};
	running.once('exit', () => {
		const looking = setInterval(look, lookEveryMs);
		void Promise.allSettled(readings.map(({done}) => done)).then(() => clearInterval(looking));
	});
};

/** How a command ended; undefined if it was killed but does not end. */
type Ending = Awaited<Running> | undefined;

/** Whether the program was found, and why it could not be started (errno(3)). */
const startTrouble = (ending: Ending): Pick<RunResult, 'found' | 'notStarted'> => {
	const {code, exitCode, signal, cause} = ending ?? {};
	if (code === 'ENOENT') return {found: false};
	const {errno} = (cause ?? {}) as NodeJS.ErrnoException;
	if (errno === undefined || exitCode !== undefined || signal !== undefined) return {found: true};
	return {found: true, notStarted: getSystemErrorMap().get(errno)?.[1] ?? String(code)};
};

/** Reads its output until it ends, or cannot be ended. */
const settled = async (running: Running, readings: readonly Reading[], stop: Stopper): Promise<Ending> => {
	running.once('exit', stop.ended);
	for (const {done} of readings) done.catch(stop.kill);
	letGoAfter(running, readings, stop);
	const ending = await Promise.race([running, stop.lost]);
	stop.ended();
	if (ending === undefined) running.unref();
	// A program that could not be started prints nothing, but its streams never end.
	if (ending === undefined || running.pid === undefined) readings.forEach(({letGo}) => letGo());
	await Promise.all(readings.map(({done}) => done));
	return ending;
};

/** Where standard output and standard error go; `over` is called if there is more than may be kept. */
const sinksFor = ({onOutput, onLine, mostBytes = defaultMostBytes}: RunOptions, over: () => void) => ({
	out: onOutput ? handOn(onOutput) : keepUpTo(mostBytes, over),
	err: onLine ? telling(onLine, keepEnd(keptOfLines)) : keepUpTo(mostBytes, over),
});

/** Passes on each line, and also keeps it. */
const telling = (onLine: (line: string) => void, kept: Sink): Sink => {
	const lines = linesFrom();
	return {
		take: (bytes) => {
			void kept.take(bytes);
			lines.take(bytes).forEach(onLine);
		},
		end: () => {
			lines.rest().forEach(onLine);
			return kept.end();
		},
	};
};

/** With Infinity, Node's setTimeout would fire immediately. */
const timer = (ms: number, then: () => void): NodeJS.Timeout | undefined =>
	ms === Infinity ? undefined : setTimeout(then, ms);

const follow = async (running: Running, stop: Stopper, options: RunOptions): Promise<RunResult> => {
	const {timeoutMs = defaultTimeLimitMs, signal, mostBytes = defaultMostBytes} = options;
	const passed = {time: false, bytes: false};
	const {out, err} = sinksFor(options, () => {
		passed.bytes = true;
		stop.kill();
	});
	const limit = timer(timeoutMs, () => {
		passed.time = true;
		stop.kill();
	});
	running.once('exit', () => clearTimeout(limit));
	signal?.addEventListener('abort', stop.end, {once: true});
	if (signal?.aborted) stop.end();
	try {
		const readings = [readInto(running.stdout, out), readInto(running.stderr, err)];
		const ending = await settled(running, readings, stop);
		return {
			exitCode: passed.time || passed.bytes ? undefined : ending?.exitCode,
			stdout: out.end(),
			stderr: err.end(),
			timedOut: passed.time,
			...startTrouble(ending),
			...(passed.bytes && {overflow: mostBytes}),
		};
	} finally {
		clearTimeout(limit);
		signal?.removeEventListener('abort', stop.end);
	}
};

/**
 * Runs commands in this environment, as described at System.run. Each has its own session: Ctrl-C in the terminal
 * reaches only us, and no command can ask for a password there.
 */
export const runWith =
	(env: Environment): System['run'] =>
	(command, options = {}) => {
		const running = start(command, env, true);
		return follow(running, stopperFor(running), options);
	};

/** sudo waits five minutes for a password (sudoers(5), passwd_timeout), and a service may take a while to stop. */
const attachedLimitMs = 400_000;

/**
 * Runs commands in this environment within our own session, so that they can ask in its terminal. We cannot kill what
 * runs as root: after the limit it is left running.
 */
export const runAttachedWith =
	(env: Environment, timeoutMs = attachedLimitMs) =>
	(command: Command): Promise<RunResult> =>
		follow(start(command, env, false), leftAlone(), {timeoutMs});
