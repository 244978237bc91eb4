import type {CommandRun} from '../command-line/run.ts';
import {completionScript} from '../command-line/completion/completion-script.ts';
import {exitCode, type ExitCode} from '../errors.ts';
import type {Output} from '../ui/output.ts';

/** Prints the completion script of a shell. */
export const completion = async (
	{request: {shell}}: Pick<CommandRun, 'request'>,
	{print}: Pick<Output, 'print'>,
): Promise<ExitCode> => {
	if (shell) print(completionScript(shell));
	return exitCode.done;
};
