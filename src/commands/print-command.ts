import {exitCode, type ExitCode} from '../errors.ts';
import {documentSchema, jsonText} from '../ui/scripted/json-text.ts';
import {refusedTogether} from '../ui/error-report.ts';
import {equivalentCommand} from '../ui/words/equivalent-command.ts';
import type {Output} from '../ui/output.ts';
import {currentSettings} from '../steps/load/current-settings.ts';
import {printable} from '../ui/printable.ts';
import type {CommandRun} from '../command-line/request.ts';

/** Prints the command that sets up the current settings without asking. Changes nothing. */
export const printCommand = async (
	{request, system}: Pick<CommandRun, 'request' | 'system'>,
	{print, note}: Pick<Output, 'print' | 'note'>,
): Promise<ExitCode> => {
	const {settings, defaults, problems: wrong} = await currentSettings(system, request.given);
	const problems = [...request.problems, ...wrong];
	if (problems.length > 0) throw refusedTogether(problems);
	const {text: command, secrets} = equivalentCommand(settings, defaults, request.runWords);
	for (const {message} of request.warnings) note(printable(message));
	if (request.json) {
		const document = {
			schema: documentSchema,
			command: 'install',
			outcome: 'command-line',
			changed: false,
			commandLine: command,
			secrets,
		};
		print(jsonText(document));
		return exitCode.done;
	}
	print(`${command}\n`);
	if (secrets.length > 0)
		note(`Secrets are not shown. Before you run the command, set ${secrets.join(', ')}.`);
	return exitCode.done;
};
