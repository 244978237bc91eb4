import {answerOf} from '../run-result.ts';
import type {RunResult, System} from '../system.ts';
import {isScript, type StartFailure} from './why-not-run.ts';

/** What a Vira reports about itself. */
export interface ViraItself {
	/** Number of the database format it reads and writes; undefined: it did not respond like Vira. */
	readonly schema: number | undefined;
	/** The text of `vira web --help`; undefined: it did not respond. */
	readonly webHelp: string | undefined;
	/** Why it could not be started; absent: it was started. */
	readonly failure?: StartFailure;
}

const timeLimit = {timeoutMs: 10_000};

/** execvp(3) passes a file that is not a program for this machine to sh, which reports its first line. */
const isReadByShell = (program: string, {exitCode, stderr}: RunResult): boolean =>
	[2, 126, 127].includes(exitCode ?? 0) && stderr.startsWith(`${program}: `);

const failureIn = async (
	system: System,
	program: string,
	result: RunResult,
): Promise<StartFailure | undefined> => {
	const {found, exitCode, notStarted, overflow, timedOut} = result;
	if (!found) return 'no-interpreter';
	if (notStarted !== undefined) return {refused: notStarted};
	if (overflow !== undefined) return undefined;
	if (exitCode === undefined && !timedOut) return 'not-run';
	return isReadByShell(program, result) && !(await isScript(system, program)) ? 'not-run' : undefined;
};

/** Asks the Vira that will run, before anything is written. */
export const askVira = async (system: System, program: string): Promise<ViraItself> => {
	const [info, help] = await Promise.all([
		system.run([program, 'info'], timeLimit),
		system.run([program, 'web', '--help'], timeLimit),
	]);
	const schema = /^Schema version:\s*(\d+)\s*$/mu.exec(answerOf(info) ?? '')?.[1];
	const failure = await failureIn(system, program, info);
	return {
		...(failure && {failure}),
		schema: schema === undefined ? undefined : Number(schema),
		webHelp: answerOf(help),
	};
};
