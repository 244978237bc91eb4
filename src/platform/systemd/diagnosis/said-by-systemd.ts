import {exitedWith, killedBy} from '../../run-result.ts';
import {useAnotherVira, buildOneAtATime} from '../../service-manager/service-words.ts';
import type {Cause} from '../../vira/said-by-vira.ts';
import {parseProperties} from '../systemctl.ts';

export const programUnusable = "systemd could not run Vira's program (exit status 203).";

export const notPrepared = (status: number | string): string =>
	`systemd could not set up the process for Vira (exit status ${status}).`;

export const gaveUp = 'Vira failed too often, so systemd stopped restarting it.';

export const outOfMemory = 'The kernel killed Vira: out of memory.';

interface Meaning {
	readonly said: RegExp;
	readonly cause: (match: RegExpExecArray) => Cause;
}

/** What systemd logs about the main process of a unit, as seen with versions 247, 252 and 257. */
const meanings: readonly Meaning[] = [
	{
		said: /^vira\.service: Start request repeated too quickly\.$/u,
		cause: () => ({
			reason: 'start-limit',
			message: gaveUp,
			fixes: [{say: 'tries again once the cause is fixed', command: 'vira-setup start'}],
			bySetup: true,
		}),
	},
	{
		said: /^vira\.service: Failed with result 'oom-kill'\.$/u,
		cause: () => ({reason: 'out-of-memory', message: outOfMemory, fixes: [buildOneAtATime]}),
	},
	{
		said: /^vira\.service: Main process exited, code=exited, status=203\/EXEC$/u,
		cause: () => ({reason: 'program-unusable', message: programUnusable, fixes: [useAnotherVira]}),
	},
	{
		// From 200 on, the status is systemd's own (systemd.exec(5), Process Exit Codes).
		said: /^vira\.service: Main process exited, code=exited, status=(2\d\d)\//u,
		cause: ([, status = '']) => ({reason: 'not-startable', message: notPrepared(status), fixes: []}),
	},
	{
		said: /^vira\.service: Main process exited, code=exited, status=(\d+)\//u,
		cause: ([, status = '']) => ({reason: 'exited', message: exitedWith(status, 'Vira'), fixes: []}),
	},
	{
		said: /^vira\.service: Main process exited, code=(?:killed|dumped), status=\d+\/(\w+)$/u,
		cause: ([, signal = '']) => ({reason: 'killed', message: killedBy(signal, 'Vira'), fixes: []}),
	},
];

/** How the service ended, from systemd's own lines: the last line counts, and for a line the first meaning. */
export const saidBySystemd = (lines: readonly string[]): Cause | undefined => {
	for (const line of lines.toReversed()) {
		for (const {said, cause} of meanings) {
			const match = said.exec(line);
			if (match) return cause(match);
		}
	}
	return undefined;
};

/** Reasons that say only how the process ended. */
const general: readonly string[] = ['exited', 'killed', 'not-startable', 'program-unusable'];

/** Why systemd itself stopped the service or does not restart it; undefined if its lines show only how it ended. */
export const whyBySystemd = (lines: readonly string[]): Cause | undefined => {
	const cause = saidBySystemd(lines);
	return cause && !general.includes(cause.reason) ? cause : undefined;
};

/** Result= of org.freedesktop.systemd1(5), if it says more than the exit status. */
const results: Readonly<Record<string, string>> = {
	'start-limit-hit': 'It failed too often, so systemd stopped restarting it.',
	'oom-kill': 'The kernel killed it: out of memory.',
	timeout: 'It timed out, so systemd stopped it.',
	resources: 'systemd could not create its process.',
};

/** The results of a process that just ended. */
const plainResults: readonly string[] = ['exit-code', 'signal', 'core-dump'];

/** systemd.exec(5), Process Exit Codes: EXIT_EXEC. */
const notRun = '203';

/**
 * The first command other than the main one that failed, and whose failure is not ignored, as systemctl shows it:
 * `ExecStartPre={ path=/bin/false ; argv[]=/bin/false ; ignore_errors=no ; … ; code=exited ; status=1 }`.
 */
const failedBeside = (shown: string): string | undefined => {
	const line =
		/^(Exec\w+)=\{ path=(.*?) ; argv\[\]=.* ; ignore_errors=no ; .* ; code=(exited|killed|dumped) ; status=([1-9]\d*).*\}$/mu;
	const [, key = '', path = '', code, status = ''] = line.exec(shown) ?? [];
	if (code === undefined) return undefined;
	const which = `${path} (${key})`;
	if (code !== 'exited') return killedBy(status, which);
	return status === notRun ? `${which} could not be run.` : exitedWith(status, which);
};

/** How the main process ended (CLD_EXITED, CLD_KILLED and CLD_DUMPED of sigaction(2)), if that is what failed. */
const endingOfMain = ({
	Result = '',
	ExecMainCode = '',
	ExecMainStatus = '',
}: Readonly<Record<string, string>>): string | undefined => {
	if (Result === 'exit-code')
		return ExecMainCode === '1' && ExecMainStatus !== '0' ? exitedWith(ExecMainStatus) : undefined;
	return ExecMainCode === '2' || ExecMainCode === '3' ? killedBy(ExecMainStatus) : undefined;
};

/** Whether Vira's own process ended, and systemd knows only how. */
export const endedByItself = (shown: string): boolean => {
	const properties = parseProperties(shown);
	return plainResults.includes(properties['Result'] ?? '') && endingOfMain(properties) !== undefined;
};

/** Why a service failed, as a sentence, from the output of `commands.showVitals`; undefined: it did not fail. */
export const endingIn = (shown: string): string | undefined => {
	const properties = parseProperties(shown);
	const {Result: result = ''} = properties;
	if (result === 'success' || result === '') return undefined;
	if (!plainResults.includes(result)) return results[result] ?? `systemd reports the result "${result}".`;
	return (
		endingOfMain(properties) ?? failedBeside(shown) ?? 'A command that runs before or after Vira failed.'
	);
};
