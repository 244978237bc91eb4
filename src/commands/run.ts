import type {CommandRun, Request, RunEnd} from '../command-line/request.ts';
import {untilAborted} from '../errors.ts';
import {holdLock} from '../steps/execute/execute.ts';
import type {Output} from '../ui/output.ts';
import type {Ui} from '../ui/ui.ts';
import {setup} from './setup.ts';

/** What a command shows its result by: the front end of those that may ask, or plain output. */
interface Shown {
	readonly opening: Promise<Ui>;
	readonly output: Output;
}

type Runner = (run: CommandRun, shown: Shown) => Promise<RunEnd>;

/** Commands that only read can be interrupted at any time. */
const reading =
	(runner: Runner): Runner =>
	(run, shown) =>
		untilAborted(runner(run, shown), run.signal);

/**
 * A run that does not ask holds the lock from its first check on: otherwise it would take what another run has started,
 * such as its service on the port, for someone else's. An open preview does not block other runs: the lock is taken
 * once it is accepted.
 */
const lockingUnlessAsking =
	(runner: Runner): Runner =>
	(run, shown) => {
		const {request, system} = run;
		const waits = request.interactive || request.dryRun || system.platform === 'other';
		return waits ? runner(run, shown) : holdLock(run, (locked) => runner(locked, shown));
	};

/** With given options, a dry run or other settings than the saved ones, there is no need to ask what to do. */
const wantsOverview = ({interactive, dryRun, ignoreSaved, given}: Request): boolean =>
	interactive && !dryRun && !ignoreSaved && given.every(({size}) => size === 0);

/** Every command, loaded when it runs. */
export const runners = {
	install: lockingUnlessAsking(async (run, {opening}) => {
		if (!wantsOverview(run.request)) return setup(run, opening);
		return setup(run, opening, async (seen) => (await import('./overview.ts')).manage(seen));
	}),
	status: reading(async (run, {output}) => (await import('./status.ts')).status(run, output)),
	start: async (run, {output}) => (await import('./start.ts')).start(run, output),
	stop: async (run, {output}) => (await import('./stop.ts')).stop(run, output),
	restart: async (run, {output}) => (await import('./start.ts')).restart(run, output),
	logs: async (run, {output}) => (await import('./logs.ts')).logs(run, output),
	doctor: async (run, {output}) => (await import('./doctor.ts')).doctor(run, output),
	'check-repository': reading(async (run, {output}) =>
		(await import('./check-repository.ts')).checkRepository(run, output),
	),
	uninstall: async (run, {opening}) => (await import('./uninstall.ts')).uninstall(run, opening),
	update: async (run, shown) => (await import('./update.ts')).update(run, shown),
	rollback: lockingUnlessAsking(async (run, {opening}) =>
		(await import('./rollback.ts')).rollback(run, opening),
	),
	export: reading(async (run, {output}) => (await import('./export.ts')).exportSettings(run, output)),
	'print-command': reading(async (run, {output}) => (await import('./export.ts')).printCommand(run, output)),
	completion: async (run, {output}) => (await import('./completion.ts')).completion(run, output),
} satisfies Readonly<Record<string, Runner>>;
