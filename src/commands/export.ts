import {exitCode, type ExitCode} from '../errors.ts';
import {plainJson, documentSchema, jsonText} from '../ui/scripted/json-text.ts';
import {nameInFile, formatSettingsFile} from '../settings/settings-file.ts';
import {homeManagerText} from '../settings/home-manager.ts';
import {holdsSecrets} from '../settings/secrets/masker.ts';
import {currentSettings, type CurrentSettings} from '../steps/load/load.ts';
import type {Output} from '../ui/output.ts';
import {printable} from '../ui/text.ts';
import type {CommandRun} from '../command-line/request.ts';
import {refusedTogether} from '../ui/error-report.ts';
import {equivalentCommand} from '../ui/words/phrases.ts';

/** What the exported text itself does not say. */
const notesOn = (
	{settings, saved, problems}: CurrentSettings,
	{ignoreSaved, isTerminal}: Pick<CommandRun['request'], 'ignoreSaved'> & Pick<Output, 'isTerminal'>,
): readonly string[] => [
	...(saved || ignoreSaved
		? []
		: ['Vira is not set up here: these are the defaults, with the given options.']),
	...(settings.package === '' ? ['Vira was not found on this machine.'] : []),
	...(isTerminal && holdsSecrets(settings)
		? ['It contains secrets in plain text: mind who can see this screen or record it.']
		: []),
	...problems.map(({option, message}) => `vira-setup would reject ${nameInFile(option)}: ${message}`),
];

/** Home Manager's options have no place for these. */
const unknownNote = ({saved}: CurrentSettings): readonly string[] => {
	const names = Object.keys(saved?.unknown ?? {});
	return names.length === 0
		? []
		: [`Saved settings that this version does not know are left out: ${names.join(', ')}.`];
};

/** Prints the saved settings with the given options: for Home Manager, or as a settings file. */
export const exportSettings = async (
	{request, system}: Pick<CommandRun, 'request' | 'system'>,
	{print, note, isTerminal}: Pick<Output, 'print' | 'note' | 'isTerminal'>,
): Promise<ExitCode> => {
	const current = await currentSettings(system, request);
	const {settings, saved, platform} = current;
	const forNix = request.format === 'home-manager';
	const notes = [
		...request.warnings.map(({message}) => message),
		...notesOn(current, {...request, isTerminal}),
		...(forNix ? unknownNote(current) : []),
	];
	for (const line of notes) note(printable(line));
	print(
		forNix
			? homeManagerText(settings, {user: system.user, platform})
			: plainJson(formatSettingsFile(settings, saved?.unknown)),
	);
	return exitCode.done;
};

/** Prints the command that sets up the current settings without asking. Changes nothing. */
export const printCommand = async (
	{request, system}: Pick<CommandRun, 'request' | 'system'>,
	{print, note}: Pick<Output, 'print' | 'note'>,
): Promise<ExitCode> => {
	const {settings, defaults, problems: wrong} = await currentSettings(system, request);
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
