import type {ExitCode} from '../errors.ts';
import type {Output} from '../ui/output.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {doctor} from './doctor.ts';
import {exportSettings} from './export.ts';
import {logs} from './logs.ts';
import {printCommand} from './print-command.ts';
import {restart} from './restart.ts';
import type {Run} from './run.ts';
import {start} from './start.ts';
import {status} from './status.ts';
import {stop} from './stop.ts';

type Runner = (run: Run, output: Output) => Promise<ExitCode>;

/** Commands that only read can be interrupted at any time. */
const looking =
	(runner: Runner): Runner =>
	(run, output) =>
		untilAborted(runner(run, output), run.signal);

/** The commands that never ask, by name. */
export const runners = {
	status: looking(status),
	start,
	stop,
	restart,
	logs,
	doctor,
	export: looking(exportSettings),
	'print-command': looking(printCommand),
} satisfies Readonly<Record<string, Runner>>;

export type RunnerName = keyof typeof runners;
