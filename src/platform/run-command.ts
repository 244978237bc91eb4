import {getSystemErrorMap} from 'node:util';
import {execa} from 'execa';
import {linesFrom} from './lines-from.ts';
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
import type {Command, RunOptions, RunResult, System} from './system.ts';

const defaultTimeLimitMs = 10_000;
/** Of what is handed on line by line, the end: the last lines tell why a build failed. */
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
 * Once the command itself has ended, what it has printed is read, and then let go: a child that it has left behind in a
 * session of its own, as SSH's ControlPersist does, would hold the output open for as long as it lives. What waits in a
 * pipe is read at the next turn of the event loop: where a few checks find nothing being taken, nothing waits.
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

/** How a command ended; undefined for one that was killed and does not end. */
type Ending = Awaited<Running> | undefined;

/** Whether there is no such program, or why it could not be started (errno(3)). */
const startTrouble = (ending: Ending): Pick<RunResult, 'found' | 'notStarted'> => {
	const {code, exitCode, signal, cause} = ending ?? {};
	if (code === 'ENOENT') return {found: false};
	const {errno} = (cause ?? {}) as NodeJS.ErrnoException;
	if (errno === undefined || exitCode !== undefined || signal !== undefined) return {found: true};
	return {found: true, notStarted: getSystemErrorMap().get(errno)?.[1] ?? String(code)};
};

/** Reads what it prints until it has ended, or cannot be ended. */
const settled = async (running: Running, readings: readonly Reading[], stop: Stopper): Promise<Ending> => {
	running.once('exit', stop.ended);
	for (const {done} of readings) done.catch(stop.kill);
	letGoAfter(running, readings, stop);
	const ending = await Promise.race([running, stop.lost]);
	stop.ended();
	if (ending === undefined) running.unref();
	// What could not be started prints nothing, and never ends to do so.
	if (ending === undefined || running.pid === undefined) readings.forEach(({letGo}) => letGo());
	await Promise.all(readings.map(({done}) => done));
	return ending;
};

/** Where standard output and standard error go; `over` is called where there is more than may be kept. */
const sinksFor = ({onOutput, onLine, mostBytes = defaultMostBytes}: RunOptions, over: () => void) => ({
	out: onOutput ? handOn(onOutput) : keepUpTo(mostBytes, over),
	err: onLine ? telling(onLine, keepEnd(keptOfLines)) : keepUpTo(mostBytes, over),
});

/** Hands on each line beside what is kept. */
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

/** One that is set to for ever would go off at once (setTimeout of Node). */
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
 * Runs commands in this environment; the rest is as System.run says. Each has a session of its own: Ctrl-C in the
 * terminal is for us to answer, and nothing can ask for a password there.
 */
export const runWith =
	(env: Environment): System['run'] =>
	(command, options = {}) => {
		const running = start(command, env, true);
		return follow(running, stopperFor(running), options);
	};

/** sudo waits five minutes for a password (sudoers(5), passwd_timeout), and a service may take a while to end. */
const attachedLimitMs = 400_000;

/**
 * Runs commands in this environment within our own session, so that they can ask at its terminal. What runs as root
 * cannot be killed by us: past the limit it is left alone.
 */
export const runAttachedWith =
	(env: Environment, timeoutMs = attachedLimitMs) =>
	(command: Command): Promise<RunResult> =>
		follow(start(command, env, false), leftAlone(), {timeoutMs});
