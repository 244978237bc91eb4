import type {Shell} from '../command-line/commands.ts';
import {bashCompletion} from '../command-line/completion/bash.ts';
import {fishCompletion} from '../command-line/completion/fish.ts';
import {zshCompletion} from '../command-line/completion/zsh.ts';
import type {CommandRun} from '../command-line/request.ts';
import {exitCode, type ExitCode} from '../errors.ts';
import type {Output} from '../ui/output.ts';

const scripts = {bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion};

/** The completion script of a shell. */
export const completionScript = (shell: Shell): string => scripts[shell]();

/** Prints the completion script of a shell. */
export const completion = async (
	{request: {shell}}: Pick<CommandRun, 'request'>,
	{print}: Pick<Output, 'print'>,
): Promise<ExitCode> => {
	if (shell) print(completionScript(shell));
	return exitCode.done;
};
