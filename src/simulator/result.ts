import {defaultMostBytes, type RunResult} from '../platform/system.ts';
import type {Machine} from './machine.ts';

/** As with the real system, a command that prints more than may be kept is ended. */
export const withinLimit = (result: RunResult, mostBytes = defaultMostBytes): RunResult =>
	Buffer.byteLength(result.stdout) > mostBytes ? {...cutShort, overflow: mostBytes} : result;
/** Returns the output since the last call. */
export type Following = (machine: Machine) => Promise<string>;

// As with the real system, the line break at the end is left out.
const withoutLastBreak = (text: string): string => text.replace(/\n$/u, '');

const ended = (exitCode: number | undefined, stdout: string, stderr: string): RunResult => ({
	exitCode,
	stdout: withoutLastBreak(stdout),
	stderr: withoutLastBreak(stderr),
	timedOut: false,
	found: true,
});

export const output = (stdout: string, exitCode = 0): RunResult => ended(exitCode, stdout, '');

/** Done; what systemd's programs tell of what they did goes to standard error. */
export const errorOutput = (stderr: string): RunResult => ended(0, '', stderr);

export const failed = (stderr: string, exitCode = 1): RunResult => ended(exitCode, '', stderr);

const cutShort: RunResult = ended(undefined, '', '');

export const notFound: RunResult = {...cutShort, found: false};

export const ranOutOfTime: RunResult = {...cutShort, timedOut: true};
