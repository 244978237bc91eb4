import {SetupError} from '../errors.ts';
import {cannotRead, doesNotExist, isFolderNotFile} from '../platform/paths.ts';
import {didYouMean} from './parse-arguments.ts';
import type {ReadGiven} from '../settings/flags.ts';
import {optionNames, type Given} from '../settings/options.ts';
import {saysNothing} from '../settings/module-json.ts';
import {misgivenText, type Misgiven} from '../settings/problem.ts';
import type {UnitOwner} from '../settings/unit-value.ts';
import {isNewerFormat, nameInFile, parseSettingsFile, type ReadSettings} from '../settings/settings-file.ts';

/** Reads a file; `-` is standard input. undefined: the file does not exist. */
export type Read = (path: string) => Promise<string | undefined>;

const whyNotRead: Readonly<Record<string, (path: string) => string>> = {
	EISDIR: isFolderNotFile,
	EACCES: (path) => `${cannotRead(path)} Use a copy that you can read.`,
};

/** The text of the file, or why it cannot be read: a sentence. */
const readText = async (path: string, read: Read): Promise<{text: string} | {message: string}> => {
	if (path.includes('\uFFFD')) return {message: 'The file name is not UTF-8. Rename the file.'};
	try {
		const text = await read(path);
		return text === undefined ? {message: doesNotExist(path)} : {text};
	} catch (error) {
		if (error instanceof SetupError) return {message: error.message};
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		return {message: whyNotRead[code]?.(path) ?? `${cannotRead(path, code)} Use another file.`};
	}
};

const newerFormat: Misgiven = {
	option: undefined,
	setting: 'schema',
	place: 'schema',
	message: 'Written by a newer version of vira-setup. Use that version.',
};

const fromConfig = (problem: Misgiven): Misgiven => ({
	...problem,
	place: problem.place === '' ? '--config' : `--config: ${problem.place}`,
});

/** The account for which Vira's Home Manager module wrote the unit in the file. */
export type OwnerOfUnit = () => Promise<UnitOwner>;

/** Unknown settings in the file; those without a value are ignored. */
const strangeIn = ({unknown, ofModule}: ReadSettings): readonly Misgiven[] =>
	Object.entries(unknown)
		.filter(([, value]) => !saysNothing(value))
		.map(([place]) => ({
			option: undefined,
			setting: place,
			place,
			message: ofModule
				? 'This module option is not supported. To continue without it, remove it from the file.'
				: `Unknown setting.${didYouMean(place, optionNames.map(nameInFile))}`,
		}));

/** The settings in the file of --config, and its problems. */
export const readConfig = async (
	path: string | undefined,
	read: Read,
	owner?: OwnerOfUnit,
): Promise<ReadGiven> => {
	if (path === undefined) return {given: new Map() as Given, problems: []};
	const file = await readText(path, read);
	if ('message' in file)
		return {
			given: new Map() as Given,
			problems: [fromConfig({option: undefined, place: '', message: file.message})],
		};
	const called = path === '-' ? 'Standard input' : path;
	const written = parseSettingsFile(file.text, undefined, called);
	const settings = written.ofModule && owner ? parseSettingsFile(file.text, await owner(), called) : written;
	const newer = isNewerFormat(file.text) ? [newerFormat] : [];
	return {
		given: settings.given,
		problems: [...settings.problems, ...strangeIn(settings), ...newer].map(fromConfig),
		warnings: settings.doubts.map(({option, ...doubt}) => ({
			code: 'module-value',
			...(option && {option}),
			message: misgivenText({option, ...doubt}),
		})),
	};
};
