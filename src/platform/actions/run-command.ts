import {exitCode, SetupError, type Failure} from '../../errors.ts';
import {commandText, asTyped} from '../command-text.ts';
import type {Command, RunResult, System} from '../system.ts';
import {couldNotRun, whyFailed} from '../run-result.ts';
import {performing, commandRunner, shownByCommand, type ActionKind, type Meanwhile} from './action-kind.ts';

export interface RunCommand {
	readonly does: 'run';
	readonly command: Command;
	readonly why: string;
	/** What it does, as an imperative without a final period. Absent: the command says it. */
	readonly title?: string;
	/** The title of the step that it is the main part of. */
	readonly step?: string;
	readonly undo?: Command;
	/** The title of its undo. */
	readonly undoTitle?: string;
	/** Whether root runs it and its undo. */
	readonly asRoot?: boolean;
	/** Reported instead of its undo, if that would do harm. */
	readonly noWayBack?: Failure;
	/** If it fails, there was nothing to do, and the plan continues. */
	readonly mayFail?: boolean;
	/** If it fails, it is not undone, so that its result can be examined. */
	readonly keepOnFailure?: boolean;
	readonly onFailure: Failure;
	/**
	 * The limit of a long command: its output is passed on, its last lines are the log of the report, and the user can
	 * cancel it.
	 */
	readonly withinMs?: number;
	/** The limit of a command that responds at once or not at all. */
	readonly limitMs?: number;
	/** Reported after a timeout. */
	readonly onTimeout?: {
		readonly failure: Failure;
		/** Reported if the undo times out too. */
		readonly left: Failure;
	};
	/** Whether a failure report includes the end of the service's log. */
	readonly logOnFailure?: true;
}

/** A service may take a while to stop: systemd's own limit is 90 s (TimeoutStopSec=, systemd.service(5)). */
const commandLimitMs = 100_000;

/** The limit for the undo of a command that timed out. */
const hurriedMs = 1000;

/** Lines of a long command that a report shows. */
const lastLines = 15;

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

/** A build prints much; the error is in its last lines. */
const longFailure = ({onFailure, command}: RunCommand, result: RunResult): Failure => ({
	...onFailure,
	detail: `${commandText(command)}: ${whyFailed({...result, stdout: '', stderr: ''})}`,
	log: linesOf(result.stderr).slice(-lastLines),
});

const failureOfRun = (action: RunCommand, result: RunResult): Failure => {
	if (action.withinMs !== undefined) return longFailure(action, result);
	const {failure: known} = (result.timedOut ? action.onTimeout : undefined) ?? {failure: action.onFailure};
	const detail = `${commandText(action.command)}: ${whyFailed(result)}`;
	// The fixes for a refusal do not help if the program cannot be run.
	if (couldNotRun(result)) return {message: known.message, detail, exit: exitCode.unsuitable};
	return {...known, detail};
};

const run = (action: RunCommand, system: System, meanwhile: Meanwhile): Promise<RunResult> => {
	const {command, asRoot, withinMs, limitMs = commandLimitMs} = action;
	const {signal, say} = meanwhile;
	if (asRoot) return system.runAsRoot(command);
	const asked = commandRunner(system, meanwhile);
	return withinMs === undefined
		? asked(command, {timeoutMs: limitMs})
		: // Only the end of its output is needed, whether or not anyone follows it.
			asked(command, {timeoutMs: withinMs, ...(signal && {signal}), onLine: (line) => say?.(line)});
};

const undoOf = (action: RunCommand): RunCommand | undefined => {
	const {command, undo, undoTitle, why, onFailure, onTimeout, mayFail, asRoot, limitMs} = action;
	return (
		undo && {
			does: 'run',
			command: undo,
			why: `undo: ${why}`,
			...(undoTitle !== undefined && {title: undoTitle}),
			onFailure: {
				message: `Could not undo: ${commandText(command)}`,
				fixes: [{say: '', command: commandText(asRoot ? asTyped(undo) : undo)}],
				exit: onFailure.exit,
			},
			...(limitMs !== undefined && {limitMs}),
			...(onTimeout && {onTimeout: {failure: onTimeout.left, left: onTimeout.left}}),
			...(mayFail && {mayFail: true}),
			...(asRoot && {asRoot: true}),
		}
	);
};

/** It may have done half of its work, so its undo may fail too. */
const asFailedRun = (action: RunCommand, failure: Failure): RunCommand => {
	// A program that timed out is not waited for again; whether it did its work is unknown.
	if (action.onTimeout?.failure.message === failure.message) return {...action, limitMs: hurriedMs};
	if (!action.keepOnFailure) return {...action, mayFail: true};
	const {undo, ...rest} = action;
	return undo ? rest : action;
};

export const runKind: ActionKind<RunCommand, RunCommand> = {
	perform: performing(async (action, system, meanwhile) => {
		const result = await run(action, system, meanwhile);
		if (result.exitCode === 0 || action.mayFail) return;
		const failure = failureOfRun(action, result);
		const explain = action.logOnFailure && !couldNotRun(result) && meanwhile.manager?.explainFailedStart;
		throw new SetupError(explain ? await explain(failure, system) : failure);
	}),
	inverse: undoOf,
	describe: ({title, command, asRoot}) => title ?? `Run ${commandText(asRoot ? asTyped(command) : command)}`,
	...shownByCommand,
	needsRoot: ({asRoot}) => asRoot === true,
	endsEarly: ({withinMs}) => withinMs !== undefined,
	asFailed: asFailedRun,
};
