import {SetupError} from './errors.ts';
import {didYouMean} from './parse-words.ts';
import type {ReadGiven} from './settings/flags.ts';
import {optionNames, type Given} from './settings/options.ts';
import {saysNothing} from './settings/module-json.ts';
import {misgivenText, type Misgiven} from './settings/rules.ts';
import type {UnitOwner} from './settings/unit-value.ts';
import {fileName, isNewerFormat, parseSettingsFile, type ReadSettings} from './settings/settings-file.ts';

/** Reads a file; `-` is standard input. undefined: there is none. */
export type Read = (path: string) => Promise<string | undefined>;

const whyNotRead: Readonly<Record<string, (path: string) => string>> = {
	EISDIR: (path) => `${path} is a folder: give the file in it.`,
	EACCES: (path) => `You may not read ${path}. Give a copy that is yours.`,
};

/** The text of the file, or why it cannot be had: a sentence. */
const readText = async (path: string, read: Read): Promise<{text: string} | {message: string}> => {
	if (path.includes('\uFFFD')) return {message: 'The name is not UTF-8 text: give the file another name.'};
	try {
		const text = await read(path);
		return text === undefined ? {message: `There is no file ${path}.`} : {text};
	} catch (error) {
		if (error instanceof SetupError) return {message: error.message};
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		return {message: whyNotRead[code]?.(path) ?? `${path} cannot be read (${code}). Give another file.`};
	}
};

const newerFormat: Misgiven = {
	option: undefined,
	setting: 'schema',
	place: 'schema',
	message: 'It is of a newer vira-setup than this one: use that one.',
};

const fromConfig = (problem: Misgiven): Misgiven => ({
	...problem,
	place: problem.place === '' ? '--config' : `--config: ${problem.place}`,
});

/** For whom the unit of Vira's module was written that a file is the JSON of. */
export type OwnerOfUnit = () => Promise<UnitOwner>;

/** Names of the file that no option has; where they say nothing, nothing is lost. */
const strangeIn = ({unknown, ofModule}: ReadSettings): readonly Misgiven[] =>
	Object.entries(unknown)
		.filter(([, value]) => !saysNothing(value))
		.map(([place]) => ({
			option: undefined,
			setting: place,
			place,
			message: ofModule
				? `This vira-setup does not know this option of the module. To continue without it, remove it from the file.`
				: `There is no setting of this name.${didYouMean(place, optionNames.map(fileName))}`,
		}));

/** The settings in the file of --config, and what is wrong with it. */
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
	const written = parseSettingsFile(file.text);
	const settings = written.ofModule && owner ? parseSettingsFile(file.text, await owner()) : written;
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
