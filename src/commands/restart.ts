import type {CommandRun} from '../command-line/request.ts';
import type {ExitCode} from '../errors.ts';
import type {Output} from '../ui/output.ts';
import {startWith} from './start.ts';

/** Starts the service in a new process. */
export const restart = (run: CommandRun, output: Output): Promise<ExitCode> =>
	startWith('restart', run, output);
