import {parseProperties} from './systemd.ts';

/** Result= of org.freedesktop.systemd1(5), as far as it says more than the status does. */
const results: Readonly<Record<string, string>> = {
	'start-limit-hit': 'It failed so often that systemd gave up.',
	'oom-kill': 'The kernel ended it: the memory ran out.',
	timeout: 'It took too long, and systemd ended it.',
	resources: 'systemd could not make a process for it.',
};

/** systemd.exec(5), Process Exit Codes: EXIT_EXEC. */
const notRun = '203';

/**
 * The first command beside the main one that failed, and was not allowed to, as systemctl shows it:
 * `ExecStartPre={ path=/bin/false ; argv[]=/bin/false ; ignore_errors=no ; … ; code=exited ; status=1 }`.
 */
const failedBeside = (shown: string): string | undefined => {
	const line =
		/^(Exec\w+)=\{ path=(.*?) ; argv\[\]=.* ; ignore_errors=no ; .* ; code=(exited|killed|dumped) ; status=([1-9]\d*).*\}$/mu;
	const [, key = '', path = '', code, status = ''] = line.exec(shown) ?? [];
	if (code === undefined) return undefined;
	const which = `${path}, which ${key} runs,`;
	if (code !== 'exited') return `${which} was ended by the signal ${status}.`;
	return status === notRun ? `${which} could not be run.` : `${which} ended with status ${status}.`;
};

/** How the main process ended (CLD_EXITED, CLD_KILLED and CLD_DUMPED of sigaction(2)), where that is what failed. */
const ofMain = ({Result = '', ExecMainCode = '', ExecMainStatus = ''}: Readonly<Record<string, string>>) => {
	if (Result === 'exit-code')
		return ExecMainCode === '1' && ExecMainStatus !== '0'
			? `It ended with status ${ExecMainStatus}.`
			: undefined;
	return ExecMainCode === '2' || ExecMainCode === '3'
		? `It was ended by the signal ${ExecMainStatus}.`
		: undefined;
};

/** Whether Vira's own process ended, and systemd knows no more of it than how. */
export const endedByItself = (shown: string): boolean => {
	const properties = parseProperties(shown);
	const isPlain = ['exit-code', 'signal', 'core-dump'].includes(properties['Result'] ?? '');
	return isPlain && ofMain(properties) !== undefined;
};

/** Why a service failed, in a sentence, from the output of `commands.showVitals`; undefined: it did not. */
export const endingIn = (shown: string): string | undefined => {
	const properties = parseProperties(shown);
	const {Result: result = ''} = properties;
	if (result === 'success' || result === '') return undefined;
	if (!['exit-code', 'signal', 'core-dump'].includes(result))
		return results[result] ?? `systemd says of it: ${result}.`;
	return ofMain(properties) ?? failedBeside(shown) ?? 'A command that runs before or after it failed.';
};
