import {spawn} from 'node:child_process';
import {fstatSync} from 'node:fs';
import type {Command} from '../system.ts';

/** zselect uses select(2), which reports a pipe without a reader as readable (zshmodules(1)). */
const watchInZsh = 'zmodload zsh/zselect || exit 1; until zselect -t 100 -r 1; do kill -0 $1 || exit 1; done';

/**
 * Programs that end when their standard output has no reader any more, or when the watched process ends: otherwise they
 * would keep the pipe open.
 */
const watchers: Partial<Record<NodeJS.Platform, (pid: number) => Command>> = {
	// GNU tail checks its output once a second (tail(1), -f).
	linux: (pid) => ['tail', '-f', `--pid=${pid}`, '/dev/null'],
	darwin: (pid) => ['/bin/zsh', '-f', '-c', watchInZsh, 'zsh', String(pid)],
};

interface WatchedPipe {
	/** The descriptor of standard output. */
	readonly fd: number;
	readonly pid: number;
	readonly platform: NodeJS.Platform;
}

/**
 * Calls back when a pipe has lost its reader although nothing is written; Node itself notices that only when it writes.
 * The returned function ends the watch. Without such a program, nothing is called.
 */
export const whenUnread = ({fd, pid, platform}: WatchedPipe, then: () => void): (() => void) => {
	const watcher = fstatSync(fd).isFIFO() ? watchers[platform]?.(pid) : undefined;
	if (!watcher) return () => undefined;
	const [program, ...words] = watcher;
	const watching = spawn(program, words, {stdio: ['ignore', fd, 'ignore']});
	watching.on('error', () => undefined);
	watching.once('exit', (status, signal) => {
		if (status === 0 || signal === 'SIGPIPE') then();
	});
	return () => {
		watching.removeAllListeners('exit');
		watching.kill();
	};
};
