import {exitCode, type ExitCode} from '../errors.ts';
import {documentSchema, jsonText} from '../ui/scripted/json-text.ts';
import {refusedTogether} from '../ui/validation-error.ts';
import {problemsOf} from '../settings/rules.ts';
import {equivalentCommand} from '../ui/words/equivalent-command.ts';
import type {Output} from '../ui/output.ts';
import {currentSettings} from './current-settings.ts';
import {platformOf} from './platform-of.ts';
import {printable} from '../ui/printable.ts';
import type {Run} from './run.ts';

/** Prints the command that sets up the current settings without asking. Changes nothing. */
export const printCommand = async (
	{request, system}: Pick<Run, 'request' | 'system'>,
	{print, note}: Pick<Output, 'print' | 'note'>,
): Promise<ExitCode> => {
	const {settings, defaults} = await currentSettings({request, system});
	// Another machine may have a Vira.
	const wrong = problemsOf(settings, platformOf(system)).filter(
		({option}) => option !== 'package' || settings.package !== '',
	);
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
