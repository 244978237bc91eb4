import {exitCode, type ExitCode} from '../errors.ts';
import {plainJson} from '../ui/scripted/json-text.ts';
import type {Platform} from '../platform/facts.ts';
import {nameInFile, formatSettingsFile} from '../settings/settings-file.ts';
import {homeManagerText} from '../settings/home-manager.ts';
import type {Settings} from '../settings/options.ts';
import {problemsOf} from '../settings/rules.ts';
import {holdsSecrets} from '../settings/secrets/masker.ts';
import type {Saved} from '../platform/installed/situation.ts';
import type {Output} from '../ui/output.ts';
import {printable} from '../ui/printable.ts';
import {currentSettings} from './current-settings.ts';
import {platformOf} from './platform-of.ts';
import type {Run} from './run.ts';

const problemNotes = (settings: Settings, platform: Platform): readonly string[] =>
	problemsOf(settings, platform)
		.filter(({option}) => option !== 'package' || settings.package !== '')
		.map(({option, message}) => `vira-setup would reject ${nameInFile(option)}: ${message}`);

/** What the exported text itself does not say. */
const notesOn = (settings: Settings, saved: Saved | undefined, isTerminal: boolean): readonly string[] => [
	...(saved ? [] : ['Vira is not set up here: these are the defaults, with the given options.']),
	...(settings.package === '' ? ['Vira was not found on this machine.'] : []),
	...(isTerminal && holdsSecrets(settings)
		? ['It contains secrets in plain text: mind who can see this screen or record it.']
		: []),
];

const unknownNote = ({unknown}: Saved): readonly string[] =>
	Object.keys(unknown).length === 0
		? []
		: [`Saved settings that this version does not know are left out: ${Object.keys(unknown).join(', ')}.`];

/** Prints the saved settings with the given options: for Home Manager, or as a settings file. */
export const exportSettings = async (
	{request, system}: Pick<Run, 'request' | 'system'>,
	{print, note, isTerminal}: Pick<Output, 'print' | 'note' | 'isTerminal'>,
): Promise<ExitCode> => {
	const {settings, saved} = await currentSettings({request, system});
	const forNix = request.format === 'home-manager';
	const platform = platformOf(system);
	const notes = [
		...request.warnings.map(({message}) => message),
		...notesOn(settings, saved, isTerminal),
		...problemNotes(settings, platform),
		...(forNix && saved ? unknownNote(saved) : []),
	];
	for (const line of notes) note(printable(line));
	print(
		forNix
			? homeManagerText(settings, {user: system.user, platform})
			: plainJson(formatSettingsFile(settings, saved?.unknown)),
	);
	return exitCode.done;
};
