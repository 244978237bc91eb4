import type {Command, RunOptions, RunResult, System} from '../system.ts';

/**
 * How systemctl says that the manager went away before it answered, as during a daemon-reexec: that it refuses nothing,
 * and knows nothing of the question. What comes before the reason differs by version (seen with 247, 252 and 257).
 */
const unanswered =
	/: (?:Connection refused|Connection reset by peer|Transport endpoint is not connected|Broken pipe)$|Message recipient disconnected|Remote peer disconnected|connection terminated/imu;

const retryEveryMs = 200;
/** A daemon-reexec takes a few tenths of a second. */
const limitMs = 3000;

const isUnanswered = ({exitCode, stderr}: RunResult): boolean => exitCode !== 0 && unanswered.test(stderr);

/** Managers that did not answer the last question in time. */
const silent = new WeakSet<System>();

/** Each further question to them would take its whole limit again. */
const silentLimitMs = 500;

const isQuestion = (command: Command): boolean => command.includes('show');

/**
 * Runs a command of systemctl as System.run does, and asks again for a while where no answer came. Each that is used
 * here leads to the same when it is done twice. A manager that hangs costs one limit: until it answers, further
 * questions wait for half a second.
 */
export const askManager = async (
	system: System,
	command: Command,
	options?: RunOptions,
): Promise<RunResult> => {
	const deadline = system.now() + limitMs;
	for (;;) {
		const hurried = silent.has(system) && isQuestion(command);
		const result = await system.run(command, hurried ? {...options, timeoutMs: silentLimitMs} : options);
		if (result.timedOut) silent.add(system);
		else silent.delete(system);
		if (!isUnanswered(result) || options?.signal?.aborted || system.now() >= deadline) return result;
		await system.sleep(retryEveryMs, options?.signal);
	}
};
