import {commandText} from '../../platform/command-text.ts';
import type {Settings} from '../../settings/options.ts';
import {holdsSecrets} from '../../settings/secrets/masker.ts';
import {printable} from '../printable.ts';
import {shortPath} from './describe.ts';

/** Settings that were saved to a file, and its full path. */
export interface SavedFile {
	readonly settings: Settings;
	readonly path: string;
}

/** Where the settings were saved, and how to use the file. */
export const savedLines = ({settings, path}: SavedFile, home: string): readonly string[] => [
	`✔ Saved to ${printable(shortPath(path, home))}. To use it, here or on another machine:`,
	`  ${printable(commandText(['vira-setup', '--config', path]))}`,
	...(holdsSecrets(settings) ? ['! The file contains secrets in plain text. Only you can read it.'] : []),
];

/** What the question for the path says of the file. */
export const aboutSaving = 'Only you can read the file. Nothing is installed.';
