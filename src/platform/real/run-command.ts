import {setTimeout as wait} from 'node:timers/promises';
import {execa} from 'execa';
import {resultOf, type Ending} from './ending.ts';
import {lineByLine, passOn} from './read-output.ts';
import {defaultMostBytes, type Command, type RunOptions, type RunResult, type System} from '../system.ts';

const defaultTimeLimitMs = 10_000;

/** Of output that is passed on line by line, the end is kept: the last lines show why a build failed. */
const keptOfLines = 2 ** 20;

/** The time that a program gets to end cleanly, such as to stop a build. */
const graceMs = 5000;

/** The time after which a killed program counts as lost: it runs as root, or waits for a disk. */
const lostMs = 1000;

/** How often it is checked, and how many times, whether a command that has ended left something to read. */
const lookEveryMs = 50;
const looks = 5;

type Environment = Record<string, string | undefined>;

interface How extends RunOptions {
	readonly timeoutMs: number;
	readonly mostBytes: number;
	/** Whether it runs in our own session, and may run as root: after the time limit it is left alone. */
	readonly attached: boolean;
}

const startProcess = ([program, ...arguments_]: Command, env: Environment, how: How) =>
	execa(program, arguments_, {
		env,
		extendEnv: false,
		cwd: '/',
		stdin: 'ignore',
		reject: false,
		encoding: 'buffer',
		buffer: {stdout: !how.onOutput, stderr: !how.onLine},
		maxBuffer: how.mostBytes,
		detached: !how.attached,
		killSignal: 'SIGKILL',
		forceKillAfterDelay: false,
		timeout: how.attached || how.timeoutMs === Infinity ? 0 : how.timeoutMs,
	});

type RunningCommand = ReturnType<typeof startProcess>;

/*
 * execa stops only the program that it started, and waits for its end and that of its output. What is missing follows:
 * the rest of its process group, a program that cannot be killed, and output that another process holds open.
 */
const killGroup = ({pid}: RunningCommand, signal: NodeJS.Signals): void => {
	try {
		if (pid !== undefined) process.kill(-pid, signal);
	} catch {
		// It has just ended, or runs as root.
	}
};

const closeOutput = ({stdout, stderr}: RunningCommand): void => {
	stdout.destroy();
	stderr.destroy();
};

/** Ends the group with its signal, and after its time limit. Resolves only if the command does not end. */
const whenLost = (
	running: RunningCommand,
	{timeoutMs, signal, attached}: How,
	ended: AbortSignal,
): Promise<Ending> =>
	new Promise((resolve) => {
		const after = (ms: number, then: () => void): void => {
			const timer = setTimeout(then, ms);
			ended.addEventListener('abort', () => clearTimeout(timer), {once: true});
		};
		const giveUp = (ending: Ending): void => {
			if (!attached) killGroup(running, 'SIGKILL');
			running.unref();
			resolve(ending);
		};
		const end = (): void => {
			killGroup(running, 'SIGTERM');
			after(graceMs, () => running.kill());
			after(graceMs + lostMs, () => giveUp({}));
		};
		// With Infinity, setTimeout would fire immediately.
		if (timeoutMs < Infinity) after(timeoutMs + (attached ? 0 : lostMs), () => giveUp({timedOut: true}));
		signal?.addEventListener('abort', end, {once: true, signal: ended});
		if (signal?.aborted) end();
	});

/**
 * A child that a command started in its own session, as SSH's ControlPersist does, keeps the output open. Data in a pipe
 * is read in the next turn of the event loop, so if in a few checks nothing is being taken, nothing is left.
 */
const whenReleased = async (exited: Promise<unknown>, isTaking: () => boolean): Promise<void> => {
	await exited;
	for (let idle = 0; idle < looks; idle += isTaking() ? 0 : 1) await wait(lookEveryMs);
};

const follow = async (command: Command, env: Environment, how: How): Promise<RunResult> => {
	const running = startProcess(command, env, how);
	// Nothing is killed then: kill(2) takes its missing PID for our own process group.
	if (running.pid === undefined) return resultOf(await running, how.mostBytes);
	const lines = how.onLine && lineByLine(how.onLine, keptOfLines);
	const readings = [
		...(how.onOutput ? [passOn(running.stdout, how.onOutput)] : []),
		...(lines ? [passOn(running.stderr, lines.take)] : []),
	];
	const isTaking = (): boolean =>
		!running.killed && !how.signal?.aborted && readings.some(({isBusy}) => isBusy());
	const ended = new AbortController();
	const exited = new Promise<void>((resolve) => {
		running.once('exit', (_, signal) => {
			ended.abort();
			if (signal === 'SIGKILL') killGroup(running, signal);
			resolve();
		});
	});
	for (const stream of how.attached ? [] : [running.stdout, running.stderr])
		stream.once('close', () => {
			// Too much was printed, or what takes it failed.
			if (!stream.readableEnded) running.kill();
		});
	const lost = whenLost(running, how, ended.signal);
	const released = Promise.race([whenReleased(exited, isTaking), lost]).then(() => closeOutput(running));
	try {
		const allRead = Promise.all(readings.map(({done}) => done));
		const [ending] = await Promise.all([Promise.race([running, lost]), Promise.race([allRead, released])]);
		return {...resultOf(ending, how.mostBytes), ...(lines && {stderr: lines.end()})};
	} finally {
		ended.abort();
	}
};

/**
 * Runs commands in this environment, as described at System.run. Each has its own session: Ctrl-C in the terminal
 * reaches only us, and no command can ask for a password there.
 */
export const runWith =
	(env: Environment): System['run'] =>
	(command, options = {}) =>
		follow(command, env, {
			...options,
			timeoutMs: options.timeoutMs ?? defaultTimeLimitMs,
			mostBytes: options.mostBytes ?? defaultMostBytes,
			attached: false,
		});

/** sudo waits five minutes for a password (sudoers(5), passwd_timeout), and a service may take a while to stop. */
const attachedLimitMs = 400_000;

/**
 * Runs commands in this environment within our own session, so that they can ask in its terminal. We cannot kill what
 * runs as root: after the limit it is left running.
 */
export const runAttachedWith =
	(env: Environment, timeoutMs = attachedLimitMs) =>
	(command: Command): Promise<RunResult> =>
		follow(command, env, {timeoutMs, mostBytes: defaultMostBytes, attached: true});

const longestWaitMs = 3000;

/** Starts programs that may run on after us: in a session of their own, with output that no one reads. */
export const launchWith =
	(env: System['environment']): System['run'] =>
	async ([program, ...arguments_], {timeoutMs = longestWaitMs} = {}) => {
		const running = execa(program, arguments_, {
			env,
			extendEnv: false,
			cwd: '/',
			stdio: 'ignore',
			reject: false,
			detached: true,
		});
		running.unref();
		const ended = new AbortController();
		const late = wait(timeoutMs, {timedOut: true}, {signal: ended.signal});
		const ending = await Promise.race([running, late]);
		ended.abort();
		return resultOf(ending, 0);
	};
