import {SetupError} from './errors.ts';
import {didYouMean} from './parse-words.ts';
import type {ReadGiven} from './settings/flags.ts';
import {optionNames, type Given} from './settings/options.ts';
import {saysNothing} from './settings/module-json.ts';
import {misgivenText, type Misgiven} from './settings/rules.ts';
import type {UnitOwner} from './settings/unit-value.ts';
import {fileName, isNewerFormat, parseSettingsFile, type ReadSettings} from './settings/settings-file.ts';

/** Reads a file; `-` is standard input. undefined: it does not exist. */
export type Read = (path: string) => Promise<string | undefined>;

const whyNotRead: Readonly<Record<string, (path: string) => string>> = {
	EISDIR: (path) => `${path} is a folder. Use a file in it.`,
	EACCES: (path) => `Cannot read ${path}: permission denied. Use a copy that you own.`,
};

/** The text of the file, or why it cannot be read. */
const readText = async (path: string, read: Read): Promise<{text: string} | {message: string}> => {
	if (path.includes('\uFFFD')) return {message: 'The file name is not valid UTF-8. Rename the file.'};
	try {
		const text = await read(path);
		return text === undefined ? {message: `${path} does not exist.`} : {text};
	} catch (error) {
		if (error instanceof SetupError) return {message: error.message};
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		return {message: whyNotRead[code]?.(path) ?? `Cannot read ${path} (${code}). Use another file.`};
	}
};

const newerFormat: Misgiven = {
	option: undefined,
	setting: 'schema',
	place: 'schema',
	message: 'It was written by a newer vira-setup. Use that version.',
};

const fromConfig = (problem: Misgiven): Misgiven => ({
	...problem,
	place: problem.place === '' ? '--config' : `--config: ${problem.place}`,
});

/** The account that the unit of the module was written for, if a file is the module's JSON. */
export type OwnerOfUnit = () => Promise<UnitOwner>;

/** Names in the file that no option has. Ignoring an empty one loses nothing. */
const strangeIn = ({unknown, ofModule}: ReadSettings): readonly Misgiven[] =>
	Object.entries(unknown)
		.filter(([, value]) => !saysNothing(value))
		.map(([place]) => ({
			option: undefined,
			setting: place,
			place,
			message: ofModule
				? 'This vira-setup does not support this option of the module. To continue without it, remove it from the file.'
				: `Unknown setting.${didYouMean(place, optionNames.map(fileName))}`,
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
