import {setTimeout as wait} from 'node:timers/promises';
import {execa} from 'execa';
import type {User} from './facts.ts';
import type {Command, RunOptions, RunResult, System} from './system.ts';

const defaultTimeLimitMs = 10_000;

/** Where a service manager's commands are, should PATH not say so (cron(8) gives a short one). */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/bin', '/run/current-system/sw/bin'];

/**
 * What child processes see: our language, no pager, no bus address from a session that is gone, and the runtime
 * folder that pam_systemd(8) would have set, which is all that a shell without a session lacks.
 */
export const childEnvironment = (
	environment: NodeJS.ProcessEnv,
	user: User,
): Record<string, string | undefined> => {
	const given = (environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
	return {
		...environment,
		PATH: [...new Set([...given, ...systemFolders])].join(':'),
		HOME: user.home,
		LC_ALL: 'C',
		LANGUAGE: undefined,
		SYSTEMD_COLORS: '0',
		SYSTEMD_PAGER: '',
		DBUS_SESSION_BUS_ADDRESS: undefined,
		XDG_RUNTIME_DIR: `/run/user/${user.uid}`,
	};
};

/** What a program that is asked to end has for putting its things in order, such as ending a build. */
const graceMs = 5000;

/** A program that has started others holds their output open: all of its group has to go (kill(2)). */
const killGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
	try {
		if (pid !== undefined) process.kill(-pid, signal);
	} catch {
		// It has ended by itself in this moment.
	}
};

/** Hands each line to somebody, and on. */
const telling = (onLine: (line: string) => void) =>
	function* (line: unknown) {
		onLine(String(line));
		yield line;
	};

/** One that is set to for ever would go off at once (setTimeout of Node). */
const timer = (ms: number, then: () => void): NodeJS.Timeout | undefined =>
	ms === Infinity ? undefined : setTimeout(then, ms);

/** Hands over what comes, as it comes, and keeps nothing. */
const handing = (onOutput: NonNullable<RunOptions['onOutput']>) => ({
	binary: true as const,
	async *transform(bytes: unknown) {
		yield* [];
		await onOutput(bytes as Uint8Array);
	},
});

/** Runs commands in this environment; the rest is as System.run says. */
export const runWith =
	(env: Record<string, string | undefined>): System['run'] =>
	async (
		[program, ...arguments_]: Command,
		{timeoutMs = defaultTimeLimitMs, signal, onLine, onOutput} = {},
	) => {
		const running = execa(program, arguments_, {
			env,
			extendEnv: false,
			cwd: '/',
			stdin: 'ignore',
			stdout: onOutput ? handing(onOutput) : 'pipe',
			stderr: onLine ? telling(onLine) : 'pipe',
			reject: false,
			// A session of its own: Ctrl-C in the terminal is for us to answer, and nothing can ask for a password there.
			detached: true,
		});
		let timedOut = false;
		const kill = (): void => killGroup(running.pid, 'SIGKILL');
		const limit = timer(timeoutMs, () => {
			timedOut = true;
			kill();
		});
		let grace: NodeJS.Timeout | undefined;
		const end = (): void => {
			killGroup(running.pid, 'SIGTERM');
			grace = setTimeout(kill, graceMs);
		};
		signal?.addEventListener('abort', end, {once: true});
		if (signal?.aborted) end();
		const result = await running;
		clearTimeout(limit);
		clearTimeout(grace);
		signal?.removeEventListener('abort', end);
		return {
			exitCode: result.exitCode,
			stdout: result.stdout,
			stderr: result.stderr,
			timedOut,
			found: result.code !== 'ENOENT',
		} satisfies RunResult;
	};

/** sudo waits five minutes for a password (sudoers(5), passwd_timeout), and a service may take a while to end. */
const attachedLimitMs = 400_000;

/**
 * Runs commands in this environment within our own session, so that they can ask at its terminal. What runs as root
 * cannot be killed by us: past the limit it is left alone.
 */
export const runAttachedWith =
	(env: Record<string, string | undefined>) =>
	async ([program, ...arguments_]: Command): Promise<RunResult> => {
		const limit = new AbortController();
		const running = execa(program, arguments_, {
			env,
			extendEnv: false,
			cwd: '/',
			stdin: 'ignore',
			reject: false,
		});
		const ended = await Promise.race([
			running,
			wait(attachedLimitMs, 'too late' as const, {signal: limit.signal}),
		]);
		limit.abort();
		if (ended === 'too late')
			return {exitCode: undefined, stdout: '', stderr: '', timedOut: true, found: true};
		const {exitCode, stdout, stderr, code} = ended;
		return {exitCode, stdout, stderr, timedOut: false, found: code !== 'ENOENT'};
	};
