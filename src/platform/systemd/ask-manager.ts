import type {Command, RunOptions, RunResult, System} from '../system.ts';

/**
 * How systemctl reports that the manager went away before it answered, as during a daemon-reexec. It did not refuse
 * anything. What comes before the reason differs by version (seen with 247, 252 and 257).
 */
const unanswered =
	/: (?:Connection refused|Connection reset by peer|Transport endpoint is not connected|Broken pipe)$|Message recipient disconnected|Remote peer disconnected|connection terminated/imu;

const retryEveryMs = 200;
/** A daemon-reexec takes a few tenths of a second. */
const limitMs = 3000;

const isUnanswered = ({exitCode, stderr}: RunResult): boolean => exitCode !== 0 && unanswered.test(stderr);

/** Managers that did not answer the last question in time. */
const silent = new WeakSet<System>();

/** Every further question to them would wait for the full limit again. */
const silentLimitMs = 500;

const isQuestion = (command: Command): boolean => command.includes('show');

/**
 * Runs a systemctl command as System.run does, and repeats it for a while if no answer came. Every command used here
 * can safely run twice. A manager that hangs costs one time limit: until it responds, further questions wait for half a
 * second only.
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
