import {exitedWith, killedBy} from '../run-result.ts';
import {parseProperties} from './systemd.ts';

/** Result= of org.freedesktop.systemd1(5), if it says more than the exit status. */
const results: Readonly<Record<string, string>> = {
	'start-limit-hit': 'It failed too often, so systemd stopped restarting it.',
	'oom-kill': 'The kernel killed it: out of memory.',
	timeout: 'It timed out, so systemd stopped it.',
	resources: 'systemd could not create its process.',
};

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
const ofMain = ({Result = '', ExecMainCode = '', ExecMainStatus = ''}: Readonly<Record<string, string>>) => {
	if (Result === 'exit-code')
		return ExecMainCode === '1' && ExecMainStatus !== '0' ? exitedWith(ExecMainStatus) : undefined;
	return ExecMainCode === '2' || ExecMainCode === '3' ? killedBy(ExecMainStatus) : undefined;
};

/** Whether Vira's own process ended, and systemd knows only how. */
export const endedByItself = (shown: string): boolean => {
	const properties = parseProperties(shown);
	const isPlain = ['exit-code', 'signal', 'core-dump'].includes(properties['Result'] ?? '');
	return isPlain && ofMain(properties) !== undefined;
};

/** Why a service failed, as a sentence, from the output of `commands.showVitals`; undefined: it did not fail. */
export const endingIn = (shown: string): string | undefined => {
	const properties = parseProperties(shown);
	const {Result: result = ''} = properties;
	if (result === 'success' || result === '') return undefined;
	if (!['exit-code', 'signal', 'core-dump'].includes(result))
		return results[result] ?? `systemd reports the result "${result}".`;
	return ofMain(properties) ?? failedBeside(shown) ?? 'A command that runs before or after Vira failed.';
};
