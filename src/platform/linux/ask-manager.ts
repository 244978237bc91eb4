import type {Command, RunOptions, RunResult, System} from '../system.ts';

/**
 * How systemctl says that the manager went away before it answered, as during a daemon-reexec (seen with 252): that it refuses nothing, and knows nothing of the question.
 */
const unanswered =
	/Transport endpoint is not connected|Message recipient disconnected|Failed to wait for response: Connection reset by peer|D-Bus connection terminated|Failed to connect to bus: Connection refused/u;

const retryEveryMs = 200;
/** A daemon-reexec takes a few tenths of a second. */
const limitMs = 3000;

const isUnanswered = ({exitCode, stderr}: RunResult): boolean => exitCode !== 0 && unanswered.test(stderr);

/**
 * Runs a command of systemctl as System.run does, and asks again for a while where no answer came. Each that is used
 * here leads to the same when it is done twice.
 */
export const askManager = async (
	system: System,
	command: Command,
	options?: RunOptions,
): Promise<RunResult> => {
	const deadline = system.now() + limitMs;
	for (;;) {
		const result = await system.run(command, options);
		if (!isUnanswered(result) || options?.signal?.aborted || system.now() >= deadline) return result;
		await system.sleep(retryEveryMs, options?.signal);
	}
};
